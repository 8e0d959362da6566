"""The notes that turning points carry."""

from tanzhe.model import Note

SINGLE_PERIOD = Note(
    code="single_period",
    zh="只有一个时期明显偏离，或骤变后自行消退，不是持续的转折；可信度指它是持续转折的概率。",
    en="Only a single period is off, or the jump fades on its own: no durable turn. The "
    "confidence is that of a durable turn.",
)
PROVISIONAL = Note(
    code="provisional",
    zh="临近序列末端或数据尚会修订，结论是暂时的。",
    en="Near the end of the series or on figures still to be revised: provisional.",
)
NATIONAL = Note(
    code="national",
    zh="同一时期多数省份同向变动，不是本地独有，不宜单独归因于本地政策。",
    en="Most provinces moved the same way at the same time: not to be explained by local policy.",
)
DATA_DEFECT = Note(
    code="data_defect",
    zh="与第二来源之比在同一位置同向突变：变的是数据，不是排放，不用政策解释。",
    en="The ratio to a second source turns in the same place: the data changed, not emissions.",
)
IMPOSSIBLE = Note(
    code="impossible_jump",
    zh="一个部门的排放在一期之内变成原来的数倍或几分之一且持续下去，只能是数据的问题，不用政策解释。",
    en="A sector's emissions multiply or shrink several-fold within one period and stay there: "
    "the data, not the world.",
)
IDLE = Note(
    code="idle_series",
    zh="该来源在此地区、此部门的数值全部或几乎全部为零，无从判断转折，也不表示没有排放。",
    en="The source gives zero for all or nearly all periods of this region and sector: nothing can "
    "be judged, which does not mean that there are no emissions.",
)
NO_COMPANY = Note(
    code="no_company",
    zh="数据中没有其他地区可比，无法判断是否全国共有。",
    en="No other regions to compare with: whether the change is national cannot be told.",
)
LONG = Note(
    code="long_series",
    zh="序列很长，用快速算法：只有阶跃和斜率，不与其他地区和第二来源比较，幅度未作选择性修正，"
    "可信度的误差约为0.1。",
    en="A long series, searched by the fast path: steps and slopes only, not compared with other "
    "regions or a second source, sizes not corrected for selection, confidence right to about .1.",
)
CALENDAR = Note(
    code="calendar_edge",
    zh="春节移动和1—2月合并公布造成的台阶：合并1—2月并扣除季节因素后不再存在，不作为转折点，"
    "也不用政策解释；所列幅度是未经处理的环比。",
    en="A step made by the moving Spring Festival and the merged January-February figures: it "
    "vanishes once these months are merged and the season is removed. No turning point; the size "
    "shown is the raw change on the month before.",
)
