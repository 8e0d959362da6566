"""The words that cells of a product study choose from, in both languages."""

from tanzhe.errors import Words
from tanzhe.terms import words_of

Choices = dict[str, Words]

STAGES: Choices = words_of("footprints.choices.stages")
GATE = ("raw", "inbound", "production", "packaging")
BOUNDARIES: Choices = {
    "gate": Words("摇篮到大门", "cradle to gate"),
    "grave": Words("摇篮到坟墓", "cradle to grave"),
}
CATEGORIES: Choices = words_of("footprints.choices.categories")
POWER_SOURCES: Choices = words_of("footprints.choices.power_sources")
# Of the rulebook's table of footprints of electricity.
GENERATION: Choices = words_of("footprints.choices.generation")
DATA: Choices = words_of("footprints.choices.data")
METHODS: Choices = words_of("footprints.choices.methods")
GWP: Choices = {"AR6": Words("AR6", "AR6"), "AR5": Words("AR5", "AR5")}
WHOLE = "本产品"  # of the column 分配: wholly to the product
