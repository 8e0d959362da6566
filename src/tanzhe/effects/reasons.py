"""What is said where an answer is withheld or must be read with care."""

from tanzhe.model import Note

VAGUE = Note(
    code="vague_date",
    zh="该事件的时间只知道到年或半年，无法对到月份，不作测算。",
    en="The event is dated by the year or half-year only; it cannot be placed in a month.",
)
STATISTIC = Note(
    code="statistic",
    zh="这是一条统计结果，不是引起变化的事件，不作测算。",
    en="This is a published figure, not an event that could move anything.",
)
PLAN = Note(
    code="plan",
    zh="这是规划、目标、许可或开工一类的事项，不会在当月改变产量，不作测算。",
    en="A plan, target, permit or start of construction moves no output in its month.",
)
NO_DIRECTION = Note(
    code="no_direction",
    zh="大事记判断该事件对排放没有直接作用，不作测算。",
    en="The catalogue expects no direct effect on emissions.",
)
OTHER_PLACE = Note(
    code="other_place",
    zh="该事件发生在别的地区，不能当作本地变化的原因。",
    en="The event happened in another region and is no cause here.",
)
OTHER_SECTOR = Note(
    code="other_sector",
    zh="该事件涉及的是别的部门，不能当作这里变化的原因。",
    en="The event concerns another sector and is no cause here.",
)
OTHER_INDUSTRY = Note(
    code="other_industry",
    zh="该事件涉及的是别的行业，不能当作这一产品变化的原因。",
    en="The event concerns another industry and is no cause for this product.",
)
LEAD = Note(
    code="lead",
    zh="该条目是线索（未复核），只可参考。",
    en="The record is an unreviewed lead.",
)
OUTSIDE = Note(
    code="outside_data",
    zh="事件所在的月份不在数据范围之内，无从测算。",
    en="The months of the event lie outside the data.",
)
TOO_EARLY = Note(
    code="too_early",
    zh="事件前后可用的月份不足三年，学不出正常的季节和水平，不作判断。",
    en="Fewer than three years of months around the event: season and level cannot be learnt.",
)
UNPUBLISHED = Note(
    code="unpublished",
    zh="事件期间公布的月份不足六成，不作判断。",
    en="Fewer than six in ten of the event's months were published.",
)
ZERO_MONTHS = Note(
    code="zero_months",
    zh="事件期间多数月份在表中为零：若是停产，这些月份就是全部停产（−100%），无需测算；若是未公布，则无从"
    "判断。",
    en="Most of the event's months are zero in the table: if production stopped, it stopped "
    "altogether (−100 %) and nothing needs to be measured; if they were not published, nothing can "
    "be said.",
)
FAULTY = Note(
    code="faulty_data",
    zh="事件期间的数据本身有问题（与原料不符、计错月份或年末补记），不作判断。",
    en="The figures in the window are faulty themselves (out of proportion to their raw material, "
    "booked in the wrong month, or corrected at the year's end).",
)
YEARLY_SHARES = Note(
    code="yearly_shares",
    zh="这一来源中本地只有年度数，按各地区共用的逐月曲线分到各月：本地哪个月变了、变了多少，数据里没有，"
    "不作测算。可改问全国，或换用本地逐月统计的数据。",
    en="In this source the region has a figure a year, spread over the months by a curve that all "
    "regions share: what it did in a month is not in the data, and nothing is measured. Ask it of "
    "the nation, or of figures that were counted there month by month.",
)
FEW_DONORS = Note(
    code="few_donors",
    zh="可比地区不足八个，只与自身过去相比，分不清是本地的变化还是各地共有的变化。",
    en="Fewer than eight comparable regions: the series is held against its own past only; what "
    "all regions share cannot be told from what is its own.",
)
FEW_PLACEBOS = Note(
    code="few_placebos",
    zh="序列太短，可供对照的其他时段不足二十个，再大的偏离也不能认定。",
    en="The series is short: fewer than twenty other windows to compare with, so that no departure "
    "could be called unusual.",
)
WHOLE_NATION = Note(
    code="whole_nation",
    zh="全国没有可比的其他地区，只与自身过去相比：变化是这一事件还是同期别的原因引起，分不开。",
    en="The nation has nothing to be compared with but its own past: this event and others of the "
    "same months cannot be told apart.",
)
SHARED = Note(
    code="others_moved_too",
    zh="其他地区同期也有同向变化，本地并不突出，不能算作这一事件的作用。",
    en="Other regions moved the same way and this one does not stand out; it cannot be called an "
    "effect of this event.",
)
NATIONAL = Note(
    code="national_event",
    zh="事件涉及全国或多数省份，各省都受影响，因此以自身过去为准，与其他省份之差只说明本省多出多少。",
    en="The event concerns the nation or most provinces, so every donor is hit: the answer is that "
    "against the own past; the excess only says how much more this province moved.",
)
NOISY = Note(
    code="noisy",
    zh="这一序列起伏较大，这样大小的作用有无都说得通。",
    en="The series is noisy: an effect of this size may or may not be there.",
)
UNCLEAR = Note(
    code="unclear",
    zh="变化不大不小，既不能认定有作用，也不能排除。",
    en="Neither large enough to call an effect nor small enough to exclude one.",
)
CUT = Note(
    code="first_six",
    zh="事件持续时间较长，这里只测算最初六期。",
    en="The event lasts longer; its first six periods are measured.",
)
DATA_END = Note(
    code="data_end",
    zh="数据在事件的测算期结束之前就到头了，只测算了已有的几期，结论是暂时的。",
    en="The data end before the months that are to be measured do: only those there are measured, "
    "and the answer is provisional.",
)
OPEN_END = Note(
    code="no_known_end",
    zh="事件的结束时间不详，突发事件按三期、政策措施按六期测算。",
    en="No end is known: three periods are measured for what strikes, six for what is decided.",
)
THREE_PERIODS = Note(
    code="three_periods",
    zh="没有给出结束时间（--until），按三期测算。",
    en="No end was given (--until): three periods are measured.",
)
BASE_OFF = Note(
    code="base_off",
    zh="紧接事件之前的月份已经异常，作为比较的起点不可靠，不能据此说没有作用或方向相反。",
    en="The months just before were unusual already and are no base: that there was no effect, or "
    "the opposite one, cannot be said from them.",
)
STATES_SIZE_BEFORE = Note(
    code="size_before",
    zh="变化在事件之后仍然持续，幅度按事件之前的水平计算。",
    en="The change lasts beyond the window; its size is against what was before.",
)
