"""The panel search of the climate-policy literature: which units broke away, and when.

What happens, in this order:

    options      what a caller may choose
    frames       a data frame becomes a panel, or is refused
    indicators   one step or impulse a unit and period
    treesearch   blocks of indicators selected by tree search, as published
    finalfit     the last regression, its errors
    halfwidth    how well a break is dated
    saturation   the public verb
    robust       the same with what the published search lacks (`robust=True`)
"""
