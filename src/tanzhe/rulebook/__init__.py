"""Official factors as dated data with the words behind them."""
