"""The pages of `tanzhe serve`: parse, ask the use cases, render; needs the extra `serve`.

How a question is answered, in order:

guard      who may ask, which form is wanted (.json after the path), how much may be sent, headers
entry      whether somebody has signed in, whether a form is ours
app        pages, static files, errors as pages
pages/     one file a page: a router whose functions take `ask: Asking` and return `ask.page(...)`
view       `Ask`: language, addresses, forms; `ask.ready(job)` shows the page "working" meanwhile
desk       asks the use cases of `tanzhe.api`, each once; answers are kept while they hold
members    who is signed in to a team's database, and what their role lets them do
inbox      files that a reader drops, tried in a process of its own before they are read
jobs       long work in one thread, with progress and cancel
rendering  the templates, and a page as a file of another form
twins      the same page as Word, PDF, Excel, CSV, JSON, Markdown: `Table`, `Paper`, `Report`
words      numbers, dates, signs and names for templates
drawn      what pictures draw, as data; static/charts.js draws it with ECharts

How to add a page: write `pages/mine.py` with a `PAGE`, and its templates in `templates/mine/`.
Nothing else names it: it is found, stands in the top bar if it has a `nav`, its POST are checked.

    router = APIRouter()
    PAGE = Page(router=router, nav=Words("运行", "Runs"), home="/runs", order=90)

    @router.get("/runs")
    async def runs(ask: Asking) -> Response:
        found = await ask.ready(ask.desk.jobs.ask(key, title, work))       # slow: in the thread
        return ask.page("mine/page.html", Table(...), current="/runs", found=found)

    @router.post("/runs/{number}/cancel")
    async def cancel(ask: Asking, number: int) -> Response:
        ...
        ask.must("reviewer")  # where readers sign in: who may
        ...
        ask.changed()  # what kept answers rested on has changed
        return RedirectResponse(ask.link("/runs"), 303)

* GET writes nothing. A POST comes from a form of ours: `<input type="hidden" name="csrf"
  value="{{ ask.csrf }}">`, or the header X-CSRF (the page has it in `<meta name="csrf">`). After
  it: 303.
* Words stand in pairs where they are used: `{{ say("运行", "Runs") }}`, `Words("运行", "Runs")`.
* Addresses: `link("/series", region, sector, since=...)`; `here(view="table")` is this page in
  another state. State is in the address, nowhere else.
* Errors are raised (`InputError`, `NotFound`) and become pages; what a document says is printed by
  `{{ }}`, which escapes; never `| safe`.
* No style attribute, no inline script, no address outside: the content policy forbids them. Data
  for a script: `<script type="application/json">{{ data | tojson }}</script>`.
* Look: classes of static/app.css (card, cols, filters, button, chip, facts, scroll, n, note, sub,
  key, original, mark), signs by templates/parts/signs.html, forms by parts/forms.html, pictures by
  parts/charts.html.
"""
