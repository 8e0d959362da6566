"""The panel search with unequal noise that remembers, shrunken sizes and stated probabilities.

What happens, in this order:

    settings     the one fixed default
    common       what the units share: period effects, controls
    departures   each unit without it, in turns with what it did on its own
    design       everything that may happen to a unit, noise and season taken out
    search       sets of events near the best
    pooling      what the units teach each other about noise and events
    lessons      the prior that a panel supports
    edges        from sets to beginnings and ends
    dating       one interval, one confidence, one kind, one effect each
    robust       the fit, and its tables
"""
