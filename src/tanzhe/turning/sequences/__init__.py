"""Breaks of a plain sequence of numbers, with one fixed default and no penalty to choose.

What happens, in this order:

    values      what may be handed in, as numbers
    season      a period that repeats, found and taken out
    wave        a yearly wave that has no fixed period
    noise       how much a point counts where neighbours resemble each other
    candidates  where a break may be
    segments    the evidence for one regime between two candidates
    posterior   probability of a break at every candidate
    effect      what changed there
    breaks      the public verb, and which breaks are shown
"""
