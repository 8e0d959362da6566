"""What the tools are asked: the arguments of each, as records that give its JSON schema."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from tanzhe.errors import Language
from tanzhe.model.effect import EffectSign
from tanzhe.model.evidence import EventKind
from tanzhe.reports.registers.register import registers

LONGEST_TEXT = 2_000_000  # characters: a book; reports and notices are a hundredth of it
_NAME = 200

Name = Annotated[str, Field(min_length=1, max_length=_NAME)]
Region = Annotated[
    Name, Field(description="地区 province or nation: 云南, Yunnan, CN-YN, 530000, 全国")
]
Sector = Annotated[
    Name,
    Field(description="部门或产品 sector or product: 工业, industry, 电力, 水泥, cement"),
]
Time = Annotated[
    str, Field(pattern=r"^\d{4}(-\d{2}){0,2}$", description="YYYY, YYYY-MM or YYYY-MM-DD")
]
Month = Annotated[str, Field(pattern=r"^\d{4}-\d{2}$", description="月份 month, YYYY-MM")]
Text = Annotated[str, Field(max_length=LONGEST_TEXT, description="全文 the whole text")]
FilePath = Annotated[
    str,
    Field(max_length=4000, description="开放文件夹里的文件 a file inside a folder of --allow"),
]


class Asked(BaseModel):
    """What every tool takes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    language: Language | None = Field(
        default=None, description="回答的语言，默认按服务器 language of the words"
    )


class SeriesAsked(Asked):
    """A region's sector, in a source, in a span."""

    region: Region
    sector: Sector
    data: Name | None = Field(
        default=None,
        description="数据源名称，或开放文件夹里的表格 source of data_list, or a table of --allow",
    )
    since: Month | None = None
    until: Month | None = None
    as_of: Month | None = Field(
        default=None, description="只用到该月为止的数据 as if asked then: nothing later is used"
    )


class ReportAsked(SeriesAsked):
    """A report on a region's sector."""

    # Pydantic's own class has a `register`.
    wording: str = Field(
        default="plain",
        alias="register",
        description="文体 register",
        pattern=f"^({'|'.join(registers())})$",
        json_schema_extra={"enum": [*registers()]},
    )


class EffectAsked(Asked):
    """One event, by its id or its date."""

    region: Region
    sector: Sector
    event: Name | None = Field(default=None, description="大事记中的编号 id in the chronicle")
    date: Time | None = None
    until: Time | None = None
    sign: EffectSign | None = Field(default=None, description="预期的方向 direction expected")
    as_of: Month | None = None


class EventEffectsAsked(Asked):
    """All catalogued events of a region."""

    region: Region
    sector: Sector | None = None
    as_of: Month | None = None


class PowerAsked(Asked):
    """A region's power as a system."""

    region: Region
    since: Month | None = None
    until: Month | None = None
    as_of: Month | None = None


class ChronicleAsked(Asked):
    """Which records of the chronicle."""

    region: Region | None = None
    industry: Name | None = Field(default=None, description="steel, 水泥, ...")
    since: Time | None = None
    until: Time | None = None
    kind: EventKind | None = None
    reviewed: Literal["facts", "leads"] | None = Field(
        default=None, description="二次核对的，或线索 checked twice, or leads"
    )
    limit: int = Field(default=50, ge=1, le=1000)


class DocumentsAsked(Asked):
    """Words that documents of the library must hold."""

    words: Annotated[str, Field(min_length=1, max_length=1000)] = Field(
        description="各个词都要有；“”照原样；-词 不能有 all words; “” as they stand; -word not"
    )
    limit: int = Field(default=20, ge=1, le=200)


class TextAsked(Asked):
    """A text, or a file of it: one of the two."""

    text: Text | None = None
    path: FilePath | None = None


class ParkAsked(Asked):
    """A park's year, as JSON or as a file of it: one of the two."""

    park: dict[str, Any] | None = Field(
        default=None, description="park template 的 JSON the JSON object of a park's year"
    )
    path: FilePath | None = None
    rules: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.\-]{1,100}$")] | None = Field(
        default=None, description="rules_list 中的编号 id of rules_list"
    )


class RuleAsked(Asked):
    """One entry of the rulebook."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.\-]{1,200}$")] = Field(
        description="rules_list 中的编号或其中一个数 id of rules_list, or of one value"
    )
    year: Annotated[int, Field(ge=1990, le=2100)] | None = None
    known_on: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None = None
