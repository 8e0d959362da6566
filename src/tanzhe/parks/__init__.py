"""Zero-carbon parks, in the order in which a park's year passes through them.

    account     ledgers to CO2 and energy: fuels, conversion, electricity, heat, processes
    assessment  the account judged by a rule set: indicators, verdict, gap, evidence, outlook
    entry       what a park enters (JSON tree), refused whole with every fault at once
    office      the same entered in a workbook: template, reader
    measures    a file of measures with potential and cost
    planning    the cheapest measures that meet the thresholds, or why none do
    compare     parks side by side

A module imports from its own package and those above it in this list only.
"""
