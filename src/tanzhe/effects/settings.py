"""The defaults of the measurement, each with its origin.

First guesses of the design, none tuned to a list of events; what they reach is in
docs/effects/effects.md.
"""

# Periods before an event that a season and weights are learnt from: three merged years.
FEWEST_BEFORE = 33
# On both sides: so far from the event, weights falling by a factor e each FADE periods.
REACH, FADE = 60, 30.0
FEWEST_NEAR_BEFORE, FEWEST_NEAR_AFTER = 7, 4
# Windows of one to six periods; the fit leaves out seven from the start of the event on, so that
# one fit serves every window and what lingers after a short event is not learnt as usual.
LONGEST = 6
LEFT_OUT = LONGEST + 1
# Seasons are medians over so many years before.
SEASON_YEARS = 6
# A year's mean may miss so many periods.
MOST_MISSING = 2
# Fewer donors are no comparison.
FEWEST_DONORS = 8
# A region with a smaller share of its periods published is no donor.
LEAST_PUBLISHED = 0.6
# Donors that move most like the treated region, of the second factor.
ALIKE = 6
# Ridge of the loadings, in units of the first factor's sum of squares, and where it pulls to.
LOADING_RIDGE, USUAL_LOADING = 0.15, 0.8
# Huber's limit, in standard deviations.
HUBER = 1.5
# Worth of the own noise, of the own noise in the same season, of the panel's noise.
OWN, NEAR, BASE = 12.0, 8.0, 3.0
WINSORISED = 2.5
# Fewer placebo statistics than this say too little of the tails.
FEWEST_PLACEBOS = 300
# With fewer, no rank can be one in twenty.
FEWEST_OWN_PLACEBOS = 20
# Nothing is said where the noise of a window is larger (logs).
LARGEST_NOISE = 0.15
# A window with a smaller share of published periods is not measured.
LEAST_OF_WINDOW = 0.6
# A verdict's levels, and the size that "no effect visible" must exclude where none is stated.
SURE, NOTHING, USUAL_EFFECT = 0.05, 0.2, 15.0
LEVEL = 0.9
