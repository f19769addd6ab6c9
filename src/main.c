/* The command: options to struct rap_options, exit status. */
#include <rapporteur.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char HELP[] =
    "usage: rapporteur build REPORT.yaml [options]   make the PDF\n"
    "       rapporteur check REPORT.yaml [options]   the same verdict, no PDF\n"
    "       rapporteur verify FILE.pdf [REPORT.yaml [options]]\n"
    "                                what it claims; is it what REPORT gives?\n"
    "       rapporteur update REPORT.yaml DATASET KEY COLUMN=VALUE... |\n"
    "                  --add COLUMN=VALUE... | --remove\n"
    "                  --date DATE --source TEXT [--file FILE]\n"
    "                                record a change in an update file\n"
    "       rapporteur query REPORT.yaml \"select ...\" [options]\n"
    "                                ask the report's data sets\n"
    "       rapporteur compare OLD.yaml NEW.yaml [options]\n"
    "                                what changed from one report to the other,\n"
    "                                or, with --from DATE --to DATE REPORT, in one\n"
    "       rapporteur schema                        JSON Schema of reports\n"
    "       rapporteur --help | --version\n"
    "\n"
    "  -o FILE            write FILE; - is standard output\n"
    "                     (default: beside the report, its name with .pdf)\n"
    "  --only ID[,ID...]  these sections or annexes alone, numbered as in the whole\n"
    "  --changes-since OLD.yaml|DATE  mark what changed since that report or day\n"
    "  --changes annex    list it in an annex, too\n"
    "  --set report.KEY=VALUE  in place of what the report says\n"
    "  --as-of DATE            the data and the status date of that day\n"
    "  --profile NAME|FILE     the house style, in place of the report's\n"
    "  --standard NAMES   ua-1,a-2a, ua-1,a-3a, ua-2,a-4f or none\n"
    "  --root DIR         files may be read below DIR (default: the report's folder)\n"
    "  --limit NAME=N     raise a limit that a message named\n"
    "  --deps FILE        write make rules naming every file read\n"
    "  --dump STAGE       print a stage: nodes, model, lines, boxes or pages\n"
    "  --strict           warnings are errors\n"
    "  -W NAME, -W no-NAME, -E NAME   print, drop or refuse a kind of message\n"
    "  --format FORM      compare: text, markdown or json;\n"
    "                     query: table, csv or json\n"
    "  --exit-code        compare: exit with 5 if they differ\n"
    "  --jobs N           use so many cores (default: all, at most 8)\n"
    "  --timings          print what each stage costs\n"
    "  -q                 print errors only\n"
    "\n"
    "Exit status: 0 done, 1 the report is at fault, 2 usage, 3 the system,\n"
    "4 a limit, 5 different (verify, compare --exit-code). On anything but 0 the\n"
    "previous output is untouched.\n"
    "Manual: rapporteur(1), the language: rapporteur(5).\n";

enum { MOST_OPTIONS = 64, MOST_WORDS = 300 };

/* What the command line said. */
struct command {
    struct rap_options opt;
    const char *only[MOST_OPTIONS + 1];
    const char *sets[MOST_OPTIONS + 1];
    const char *limits[MOST_OPTIONS + 1];
    struct rap_message_switch switches[MOST_OPTIONS];
    size_t nonly, nsets, nlimits;
    const char *words[MOST_WORDS + 1]; /* what is no option */
    size_t nwords;
    const char *from, *to; /* compare: the dates of one report */
    bool updates; /* update: takes more words, and its own options */
    unsigned nkinds; /* of --add and --remove */
    struct rap_update update;
    struct rap_comparison comparison;
    bool two; /* two reports are wanted */
    bool queries; /* a report and a query are wanted */
    struct rap_query query;
};

static int usage(const char *problem, const char *what)
{
    fprintf(stderr, "rapporteur: %s%s%s\nTry 'rapporteur --help' for more.\n",
        problem, what ? " " : "", what ? what : "");
    return RAP_USAGE;
}

static bool add(const char **list, size_t *n, const char *value)
{
    if (*n >= MOST_OPTIONS)
        return false;
    list[(*n)++] = value;
    return true;
}

/* Split "a,b,c" in place: the argument vector may be written to. */
static bool add_ids(struct command *c, char *ids)
{
    c->opt.only = c->only;
    for (char *id = ids; id;) {
        char *comma = strchr(id, ',');
        if (comma)
            *comma = '\0';
        if (!*id || !add(c->only, &c->nonly, id))
            return false;
        id = comma ? comma + 1 : NULL;
    }
    return true;
}

static bool add_switch(struct command *c, const char *name, bool error)
{
    if (c->opt.nswitches >= MOST_OPTIONS || !*name)
        return false;
    struct rap_message_switch s = {name, error ? RAP_ERROR : RAP_WARN};
    if (!error && strncmp(name, "no-", 3) == 0)
        s = (struct rap_message_switch){name + 3, RAP_OFF};
    c->switches[c->opt.nswitches++] = s;
    c->opt.switches = c->switches;
    return true;
}

static bool add_jobs(struct command *c, const char *value)
{
    enum { MOST_JOBS = 64 };
    char *end;
    /* Only digits: strtoul takes blanks and signs too. */
    if (value[0] < '0' || value[0] > '9')
        return false;
    unsigned long n = strtoul(value, &end, 10);
    c->opt.jobs = (unsigned)n;
    return !*end && n >= 1 && n <= MOST_JOBS;
}

static bool known_stage(const char *stage)
{
    static const char *const STAGES[] = {
        "nodes", "model", "lines", "boxes", "pages"};
    for (size_t i = 0; i < sizeof STAGES / sizeof *STAGES; i++)
        if (strcmp(stage, STAGES[i]) == 0)
            return true;
    return false;
}

static bool known_standard(const char *standard)
{
    static const char *const STANDARDS[] = {
        "ua-1,a-2a", "ua-1,a-3a", "ua-2,a-4f", "none"};
    for (size_t i = 0; i < sizeof STANDARDS / sizeof *STANDARDS; i++)
        if (strcmp(standard, STANDARDS[i]) == 0)
            return true;
    return false;
}

static bool is_switch(struct command *c, const char *option)
{
    struct rap_options *o = &c->opt;
    if (strcmp(option, "--strict") == 0)
        return o->strict = true;
    if (strcmp(option, "--timings") == 0)
        return o->timings = true;
    if (c->updates && strcmp(option, "--add") == 0) {
        c->update.what = RAP_CHANGE_ADD;
        return ++c->nkinds;
    }
    if (c->updates && strcmp(option, "--remove") == 0) {
        c->update.what = RAP_CHANGE_REMOVE;
        return ++c->nkinds;
    }
    if (strcmp(option, "-q") == 0 || strcmp(option, "--quiet") == 0)
        return o->quiet = true;
    if (c->two && strcmp(option, "--exit-code") == 0)
        return c->comparison.exit_code = true;
    return false;
}

/* The form of what compare or query prints. 0: taken; else the status. */
static int take_format(struct command *c, const char *name)
{
    static const struct {
        const char *name;
        enum rap_format format;
        bool compare, query;
    } FORMS[] = {{"text", RAP_TEXT, true, false},
        {"markdown", RAP_MARKDOWN, true, false}, {"json", RAP_JSON, true, true},
        {"table", RAP_TEXT, false, true}, {"csv", RAP_CSV, false, true}};
    for (size_t i = 0; i < sizeof FORMS / sizeof *FORMS; i++) {
        if (strcmp(name, FORMS[i].name) != 0 ||
            !(c->two ? FORMS[i].compare : FORMS[i].query))
            continue;
        c->comparison.format = c->query.format = FORMS[i].format;
        return 0;
    }
    if (!c->two && !c->queries)
        return usage("only compare and query take", "--format");
    return c->two
        ? usage("--format of compare is text, markdown or json, not", name)
        : usage("--format of query is table, csv or json, not", name);
}

/* An option with a value. 0: taken; else the exit status. */
static int take(struct command *c, const char *option, char *value)
{
    struct rap_options *o = &c->opt;
    const struct {
        const char *name;
        const char **to;
    } texts[] = {{"-o", &o->output}, {"--output", &o->output},
        {"--deps", &o->deps}, {"--profile", &o->profile}, {"--root", &o->root},
        {"--changes-since", &o->changes_since}, {"--changes", &o->changes},
        {"--as-of", &o->as_of}, {"--dump", &o->dump},
        {"--standard", &o->standard}, {"--from", &c->from}, {"--to", &c->to},
        {"--date", &c->update.date}, {"--source", &c->update.source},
        {"--file", &c->update.file}};
    bool ok = true, found = false;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (strcmp(option, texts[i].name) == 0) {
            *texts[i].to = value;
            found = true;
        }
    }
    if (strcmp(option, "--dump") == 0 && !known_stage(value))
        return usage(
            "--dump knows nodes, model, lines, boxes, pages, not", value);
    if (strcmp(option, "--standard") == 0 && !known_standard(value))
        return usage("--standard knows ua-1,a-2a, ua-1,a-3a, ua-2,a-4f, none, "
                     "not",
            value);
    if (strcmp(option, "--changes") == 0 && strcmp(value, "annex") != 0 &&
        strcmp(value, "marks") != 0)
        return usage("--changes knows marks and annex, not", value);
    if (strcmp(option, "--only") == 0) {
        ok = add_ids(c, value);
    } else if (strcmp(option, "--set") == 0) {
        ok = add(c->sets, &c->nsets, value);
        o->sets = c->sets;
    } else if (strcmp(option, "--limit") == 0) {
        ok = add(c->limits, &c->nlimits, value);
        o->limits = c->limits;
    } else if (strcmp(option, "--format") == 0) {
        return take_format(c, value);
    } else if (strcmp(option, "--jobs") == 0) {
        if (!add_jobs(c, value))
            return usage("--jobs takes a number from 1 to 64, not", value);
    } else if (strcmp(option, "-W") == 0 || strcmp(option, "-E") == 0) {
        ok = add_switch(c, value, option[1] == 'E');
    } else if (!found) {
        return usage("unknown option", option);
    }
    return ok ? 0 : usage("bad or too many values of", option);
}

static bool takes_value(const char *option)
{
    static const char *const NAMES[] = {"-o", "--output", "--deps", "--profile",
        "--root", "--dump", "--standard", "--as-of", "--changes-since",
        "--changes", "--only", "--set", "--limit", "--jobs", "--format", "-W",
        "-E"};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        if (strcmp(option, NAMES[i]) == 0)
            return true;
    return false;
}

/* What update takes besides. */
static bool update_takes(const char *option)
{
    return strcmp(option, "--date") == 0 || strcmp(option, "--source") == 0 ||
        strcmp(option, "--file") == 0;
}

/* What compare takes besides. */
static bool compare_takes(const char *option)
{
    return strcmp(option, "--from") == 0 || strcmp(option, "--to") == 0;
}

/* Split "--name=value" and "-ovalue"; NULL if the value is the next word. */
static char *joined_value(char *option)
{
    if (option[1] == '-') {
        char *eq = strchr(option, '=');
        if (!eq)
            return NULL;
        *eq = '\0';
        return eq + 1;
    }
    return option[1] && option[2] ? option + 2 : NULL;
}

static size_t most_words(const struct command *c)
{
    return c->updates ? MOST_WORDS : c->two || c->queries ? 2 : 1;
}

static int read_options(struct command *c, int argc, char **argv)
{
    bool options = true;
    for (int i = 0; i < argc; i++) {
        char *word = argv[i];
        if (!options || word[0] != '-' || !word[1]) {
            if (c->nwords >= most_words(c))
                return usage(c->updates ? "too many values, from"
                        : c->two        ? "two reports are compared, not also"
                        : c->queries    ? "one query at a time, not also"
                                        : "one report at a time, not also",
                    word);
            c->words[c->nwords++] = word;
            continue;
        }
        if (strcmp(word, "--") == 0) {
            options = false;
            continue;
        }
        if (is_switch(c, word))
            continue;
        char *value = joined_value(word);
        char name[3] = {word[0], word[1], '\0'};
        const char *option = value && word[1] != '-' ? name : word;
        if (!takes_value(option) && !(c->updates && update_takes(option)) &&
            !(c->two && compare_takes(option)) &&
            !(c->queries && strcmp(option, "--format") == 0))
            return usage("unknown option", option);
        if (!value && ++i < argc)
            value = argv[i];
        if (!value)
            return usage("a value is missing after", option);
        int status = take(c, option, value);
        if (status)
            return status;
    }
    c->opt.input = c->words[0];
    if (!c->opt.input)
        return usage("no report given", NULL);
    if (c->opt.only && c->opt.dump && strcmp(c->opt.dump, "pages") != 0)
        return usage(
            "--only cuts pages, it does not go with --dump", c->opt.dump);
    if (c->opt.changes && !c->opt.changes_since)
        return usage("--changes is of what --changes-since marks", NULL);
    if (strcmp(c->opt.input, "-") == 0)
        return usage("a report is a file: its includes and data stand beside "
                     "it, so it cannot come from standard input",
            NULL);
    return 0;
}

/* What check has no use for. */
static int refuse_output(const struct rap_options *o)
{
    const char *option = o->output ? "-o"
        : o->deps                  ? "--deps"
        : o->dump                  ? "--dump"
                                   : NULL;
    return option ? usage("check writes nothing, so it takes no", option) : 0;
}

static bool wants_colour(void)
{
    const char *no = getenv("NO_COLOR");
    return isatty(STDERR_FILENO) && !(no && *no);
}

static bool wants_progress(void)
{
    const char *term = getenv("TERM");
    return isatty(STDERR_FILENO) && term && *term && strcmp(term, "dumb") != 0;
}

static int print(const char *text)
{
    if (fputs(text, stdout) >= 0 && fflush(stdout) == 0)
        return RAP_DONE;
    fprintf(stderr, "rapporteur: cannot write standard output: %s\n",
        strerror(errno));
    return RAP_SYSTEM;
}

/* A closed standard stream must not become an output file. */
static bool reopen_standard(void)
{
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", O_RDWR) != fd)
            return false;
    return true;
}

/* Sanitizers have an allocator of their own. */
#ifdef __has_feature
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define OWN_MALLOC 0
#endif
#elif defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
#define OWN_MALLOC 0
#endif
#if defined __GLIBC__ && !defined OWN_MALLOC

/*
 * ICU and HarfBuzz do not survive a failed allocation: they crash, or go on
 * with other glyphs and say nothing. So one that fails ends the command.
 */
static void *or_end(void *p)
{
    static const char MESSAGE[] =
        "rapporteur: error: memory ran out [out-of-memory]\n";
    if (p)
        return p;
    rap_abandon();
    ssize_t n = write(STDERR_FILENO, MESSAGE, sizeof MESSAGE - 1);
    (void)n;
    _exit(RAP_SYSTEM);
}

void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t n);

void *malloc(size_t n)
{
    return or_end(__libc_malloc(n));
}

void *calloc(size_t n, size_t size)
{
    return or_end(__libc_calloc(n, size));
}

void *realloc(void *p, size_t n)
{
    void *q = __libc_realloc(p, n);
    return n ? or_end(q) : q;
}
#endif

/* The PDF records the options that decide its bytes: no others are taken. */
static int verify(struct command *c, int argc, char **argv)
{
    if (argc < 1)
        return usage("no PDF given to verify", NULL);
    if (strcmp(argv[0], "--help") == 0)
        return print(HELP);
    if (argv[0][0] == '-')
        return usage("verify wants a PDF first, not", argv[0]);
    int status = argc > 1 ? read_options(c, argc - 1, argv + 1) : 0;
    if (status)
        return status;
    const struct rap_options *o = &c->opt;
    if (o->output || o->deps || o->dump || o->only || o->sets || o->profile ||
        o->standard || o->as_of)
        return usage("verify writes nothing and builds as the PDF says: it "
                     "takes only --root, --limit, --strict, -W, -E and -q",
            NULL);
    c->opt.colour = wants_colour();
    return (int)rap_verify(argv[0], &c->opt, stdout);
}

/* REPORT DATASET KEY COLUMN=VALUE…; --add may have the key among these. */
static int update(struct command *c, int argc, char **argv)
{
    for (int i = 0; i < argc; i++)
        if (strcmp(argv[i], "--help") == 0)
            return print(HELP);
    c->updates = true;
    int status = read_options(c, argc, argv);
    if (status)
        return status;
    const struct rap_options *o = &c->opt;
    if (o->output || o->deps || o->dump || o->only || o->sets || o->profile ||
        o->standard || o->as_of || o->timings || o->jobs)
        return usage("update prints no report: it takes only --root, "
                     "--limit, --strict, -W, -E and -q beside its own options",
            NULL);
    if (c->nkinds > 1)
        return usage("--add and --remove exclude each other", NULL);
    if (c->nwords < 2)
        return usage("update wants REPORT.yaml DATASET KEY", NULL);
    if (!c->update.date || !c->update.source)
        return usage(
            "update wants --date DATE and --source TEXT: every change says "
            "from when it holds, and who says so",
            NULL);
    size_t first = 2;
    bool named = c->nwords > 2 &&
        !(c->update.what == RAP_CHANGE_ADD && strchr(c->words[2], '='));
    c->update.dataset = c->words[1];
    c->update.key = named ? c->words[first++] : NULL;
    c->update.values = c->words + first;
    c->opt.colour = wants_colour();
    return (int)rap_update(&c->opt, &c->update);
}

static int compare(struct command *c, int argc, char **argv)
{
    c->two = true;
    int status = read_options(c, argc, argv);
    if (status)
        return status;
    const struct rap_options *o = &c->opt;
    bool dates = c->from || c->to;
    if (dates && o->as_of)
        return usage(
            "--from and --to are the dates, not also --as-of", o->as_of);
    if (dates && c->nwords > 1)
        return usage("--from and --to compare one report with itself, not also",
            c->words[1]);
    if (!dates && c->nwords < 2)
        return usage("two reports are compared, the older one first, or one "
                     "with --from DATE and --to DATE",
            NULL);
    if (o->output || o->deps || o->dump || o->only || o->standard ||
        o->changes_since)
        return usage("compare prints what changed, so it takes no -o, --deps, "
                     "--dump, --only, --standard or --changes-since",
            NULL);
    /* Both reports have been read before: their warnings are known. */
    c->opt.quiet = true;
    c->opt.colour = wants_colour();
    struct rap_options old = c->opt;
    old.input = c->words[0];
    c->opt.input = c->words[dates ? 0 : 1];
    if (dates) {
        old.as_of = c->from;
        c->opt.as_of = c->to;
    }
    c->comparison.old = &old;
    c->comparison.new = o;
    return (int)rap_compare(&c->comparison, stdout);
}

static int query(struct command *c, int argc, char **argv)
{
    c->queries = true;
    int status = read_options(c, argc, argv);
    if (status)
        return status;
    const struct rap_options *o = &c->opt;
    if (o->output || o->deps || o->dump || o->only || o->standard ||
        o->changes_since || o->timings || o->jobs)
        return usage("query prints what it finds: it takes only --format, "
                     "--as-of, --set, --profile, --root, --limit, --strict, "
                     "-W, -E and -q",
            NULL);
    if (c->nwords < 2)
        return usage("query wants REPORT.yaml and a SELECT", NULL);
    c->query.sql = c->words[1];
    c->opt.colour = wants_colour();
    return (int)rap_query(&c->opt, &c->query, stdout);
}

int main(int argc, char **argv)
{
    static struct command c;
    /* Messages into a file that is full are lost, not fatal. */
    signal(SIGXFSZ, SIG_IGN);
    if (!reopen_standard())
        return RAP_SYSTEM;
    if (argc < 2)
        return usage("no command given", NULL);
    const char *verb = argv[1];
    if (strcmp(verb, "--help") == 0 || strcmp(verb, "-h") == 0)
        return print(HELP);
    if (strcmp(verb, "--version") == 0)
        return print("rapporteur " RAP_VERSION "\n");
    if (strcmp(verb, "schema") == 0) {
        if (argc > 2)
            return usage("schema takes nothing, not", argv[2]);
        return (int)rap_schema(stdout);
    }
    for (int i = 2; i < argc; i++)
        if (strcmp(argv[i], "--help") == 0)
            return print(HELP);
    if (strcmp(verb, "compare") == 0)
        return compare(&c, argc - 2, argv + 2);
    if (strcmp(verb, "query") == 0)
        return query(&c, argc - 2, argv + 2);
    if (strcmp(verb, "verify") == 0)
        return verify(&c, argc - 2, argv + 2);
    if (strcmp(verb, "update") == 0)
        return update(&c, argc - 2, argv + 2);
    bool check = strcmp(verb, "check") == 0;
    if (!check && strcmp(verb, "build") != 0)
        return usage("unknown command", verb);
    int status = read_options(&c, argc - 2, argv + 2);
    if (!status && check)
        status = refuse_output(&c.opt);
    if (status)
        return status;
    c.opt.colour = wants_colour();
    c.opt.progress = wants_progress();
    return (int)(check ? rap_check(&c.opt) : rap_build(&c.opt));
}
