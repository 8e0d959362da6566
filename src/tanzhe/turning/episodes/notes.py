"""The notes that episodes carry."""

from tanzhe.model import Note

MONTH = Note(
    code="single_month",
    zh="只有一个时期明显偏离，随后恢复。",
    en="A single period is off; the next is back.",
)
UNCLEAR = Note(
    code="unclear_shape",
    zh="这一时期偏离，是否延续到其后难以判断。",
    en="This period is off; whether what follows is cannot be told.",
)
SHARED = Note(
    code="shared",
    zh="多数地区同期同向变动；本地的幅度是共同的变动乘以本地的敏感系数，不宜单独归因于本地政策。",
    en="Most regions moved alike at the time; the size is that of the common movement times the "
    "region's loading: not to be explained by local policy alone.",
)
FRESH = Note(
    code="fresh",
    zh="临近序列末端，或所涉月份尚会修订，结论是暂时的。",
    en="Near the end of the series, or on figures still to be revised: provisional.",
)
JOINED = Note(
    code="joined",
    zh="由相邻的几次同向变动合并而成。",
    en="Joined from neighbouring movements of one direction.",
)
SHORT = Note(
    code="short_series",
    zh="不足三年：每个月份至多见过两次，季节与变动难以分开，首尾几个月的变动看不出来，“小于多少看不出来”"
    "的数也偏小。",
    en="Less than three years: each month was seen twice at most, so season and change are hard to "
    "tell apart, changes near either end do not show, and the size said to be the smallest that "
    "would show is too small.",
)
IDLE = Note(
    code="idle_series",
    zh="该来源在此地区、此部门的数值全部或几乎全部为零，无从判断转折，也不表示没有排放。",
    en="The source gives zero for all or nearly all periods of this region and sector: nothing can "
    "be judged, which does not mean that there are no emissions.",
)
LONG = Note(
    code="long_series",
    zh="序列很长，用快速算法：只看水平的变化和趋势的变化，不与其他地区和第二来源比较，幅度未作选择性"
    "修正，可信度的误差约为0.1。",
    en="A long series, searched by the fast path: changes of level and of trend only, not compared "
    "with other regions or a second source, sizes not corrected for selection, confidence right to "
    "about .1.",
)
NO_COMPANY = Note(
    code="no_company",
    zh="数据中没有足够的其他地区可比，无法区分全国共有与本地独有。",
    en="Too few other regions to compare with: what the nation shares cannot be told apart.",
)
RELATIVE = Note(
    code="against_others",
    zh="与其他地区同期的走势相比才看得出来，与本地自身的常态相比并不突出；幅度是相对其他地区而言。",
    en="It shows against the course of the other regions only, not against the own past; its "
    "size is relative to them.",
)
