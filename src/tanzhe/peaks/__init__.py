"""Has a series peaked, and will its record stand?

In this order: months become logs without their season (`months`), a filter finds level, slope and
noise (`filters`), paths of the coming years are drawn from it and from the growth of past years
(`months`, `annual`, `damped`), the share of paths that never pass the record is the probability
that it stands, words follow from it (`peak`). `trend` and `yardsticks` stand beside it.
"""
