"""The words that cells of a product study choose from, in both languages."""

from tanzhe.errors import Words

Choices = dict[str, Words]

STAGES: Choices = {
    "raw": Words("原材料", "raw materials"),
    "inbound": Words("运输进厂", "inbound transport"),
    "production": Words("生产", "production"),
    "packaging": Words("包装", "packaging"),
    "distribution": Words("运输出厂", "distribution"),
    "use": Words("使用", "use"),
    "end": Words("废弃处理", "end of life"),
}
GATE = ("raw", "inbound", "production", "packaging")
BOUNDARIES: Choices = {
    "gate": Words("摇篮到大门", "cradle to gate"),
    "grave": Words("摇篮到坟墓", "cradle to grave"),
}
CATEGORIES: Choices = {
    "fossil": Words("化石", "fossil"),
    "aircraft": Words("航空（化石）", "aircraft (fossil)"),
    "land_use_change": Words("土地利用变化", "land-use change"),
    "land_management": Words("土地管理生物二氧化碳", "land management biogenic CO2"),
    "land_removal": Words("土地管理清除", "land management removal"),
    "biogenic_other": Words("生物非二氧化碳", "biogenic non-CO2"),
    "uptake": Words("生物吸收", "biogenic uptake"),
    "biogenic_co2": Words("生物二氧化碳（单列）", "biogenic CO2 (apart)"),
    "capture": Words("捕集封存", "capture and storage"),
    "removal": Words("技术清除", "technological removal"),
}
POWER_SOURCES: Choices = {
    "own": Words("自发自用", "own generation"),
    "direct": Words("专线直供", "direct line"),
    "trade": Words("绿电交易", "green power trade"),
    "certificate": Words("绿证", "certificates"),
    "grid": Words("电网无凭证", "grid without proof"),
}
# Of the rulebook's table of footprints of electricity.
GENERATION: Choices = {
    "wind": Words("风电", "wind"),
    "solar_pv": Words("光伏", "photovoltaic"),
    "solar_thermal": Words("光热", "solar thermal"),
    "hydro": Words("水电", "hydro"),
    "nuclear": Words("核电", "nuclear"),
    "biomass": Words("生物质发电", "biomass"),
    "gas": Words("燃气发电", "gas"),
    "coal": Words("燃煤发电", "coal"),
}
DATA: Choices = {
    "primary": Words("初级", "primary"),
    "secondary": Words("次级", "secondary"),
    "supplier": Words("供应商", "supplier"),
}
METHODS: Choices = {
    "economic": Words("经济价值", "economic"),
    "mass": Words("质量", "mass"),
    "energy": Words("能量", "energy"),
    "other": Words("其他", "other"),
}
GWP: Choices = {"AR6": Words("AR6", "AR6"), "AR5": Words("AR5", "AR5")}
WHOLE = "本产品"  # of the column 分配: wholly to the product
