"""What every command shares: options, language, forms, columns, progress, errors, help."""
