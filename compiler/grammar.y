/*
 * The grammar.  LALR(1) without conflicts and without precedence declarations: the levels of an expression are
 * nonterminals, loosest first.  Each action is one call of ast_build.h and does nothing else.
 *
 * tokens.c stands between the scanner and this grammar: it fuses two-word keywords, marks the end of a
 * declaration (DEND), the first word of a classification's row (VALUE) and the cells of a table's columns.
 * An error drops as little as possible: a clause, a row, a row of a table, else the declaration.
 */
%code requires {
#include "compiler/syntax.h"
}
%code {
#include "compiler/ast_build.h"
#include "compiler/keyword.h"
#include "compiler/mistakes.h"
#include "compiler/tokens.h"

static void grammar_error(const struct span *span, struct parser *p, const char *message);

/* An empty rule stands at the end of what precedes it. */
#define YYLLOC_DEFAULT(whole, parts, count) (whole) = span_of_rule((parts), (count))
}
%define api.pure full
%define api.prefix {grammar_}
%define api.token.prefix {TOK_}
%define api.value.type {union syntax_value}
%define api.location.type {struct span}
%define parse.error custom
%define parse.lac full
%define lr.default-reduction accepting
%locations
%expect 0
%param {struct parser *p}
%initial-action { @$ = parser_span(p, 0, 0); }

%token DEND "the end of the declaration"
%token HEAD_START "a table" ROW_START "a row of the table" ROW_END "the end of the row"
%token CELL_ITEMS CELL_AMOUNT CELL_DAYS CELL_SCHEDULE CELL_VALUE CELL_ROUND CELL_ROUTE CELL_STRENGTH CELL_TEXT CELL_TRACE CELL_CITE
%token <text> IDENT "a name" DOTTED "a dotted name" VALUE "a value of the classification"
%token <text> VERSION "a version such as 1.0.0" REQUIREMENT "a requirement such as RISK-01"
%token <text> LITERAL "text"
%token <expr> NUMBER "a number" DATE "a date"
%token <unit> UNIT "a unit"
%token TEXT_START "a text in quotes" TEXT_END "the closing quote"
%token LESS_EQUAL "`<=`" GREATER_EQUAL "`>=`" STEP_ON "`on day`" ROW_AS "`as NAME`"

%token ADVISE "`advise`" AFTER "`after`" ALERT "`alert`" AMOUNT "`amount`" AND "`and`" ANY "`any`" APPLIES "`applies when`" AS "`as`"
%token ASK "`ask`" AT "`at`" AVERAGE "`average`" BECAUSE "`because`" BEFORE "`before`" BETWEEN "`between`" BY "`by`"
%token CHOOSE "`choose`" CITE "`cite`" CLASSIFY "`classify`" CODE "`code`" COLLECT "`collect`" DEFINE "`define`"
%token DOSE "`dose`" ENUMERATION "`enumeration`" EQUIPOISE "`equipoise`" EVERY "`every`" EXCLUDE "`exclude`" EXPECT "`expect`"
%token FIRST "`first`" FOR "`for`" FROM "`from`" FUNCTION "`function`" GIVEN "`given`" GUARANTEE "`guarantee`" HAS "`has`"
%token HIGHEST "`highest`" IMPLIES "`implies`" IN "`in`" INCLUDE "`include`" INCLUDES "`includes`" INPUT "`input`" INTERVAL "`interval`"
%token IS "`is`" LATEST "`latest`" LOWEST "`lowest`" MONITOR "`monitor`" NO "`no`" NOT "`not`" NOW "`now`" OF "`of`"
%token ON "`on`" OR "`or`" OTHERWISE "`otherwise`" OVER "`over`" OVERDUE "`overdue`" PARAMETER "`parameter`" PHASE "`phase`"
%token PROTOCOL "`protocol`" RECOMMEND "`recommend`" REQUIREMENT_WORD "`requirement`" ROUND "`round`" ROUTE "`route`"
%token SAY "`say`" SCHEDULE "`schedule`" SET "`set`"
%token SINCE "`since`" SITE "`site`" SOURCE "`source`" STATUS "`status`" STRENGTH "`strength`" TEST "`test`"
%token THEN "`then`" TO "`to`" TOTAL "`total`" TRACE "`trace`" UNKNOWN "`unknown`" UNTIL "`until`" USE "`use`"
%token VERSION_WORD "`version`" WARN "`warn`" WHEN "`when`" WHERE "`where`" WITHHOLD "`withhold`" WITHIN "`within`"
%token YES "`yes`"
%token ACTIVE_AT "`active at`" AS_OF "`as of`" AT_LEAST "`at least`" AT_MOST "`at most`" BECAUSE_OF "`because of`"
%token COUNT_OF "`count of`" DATE_OF "`date of`" DOES_NOT "`does not`" FOR_EACH "`for each`" GAPS_OF "`gaps of`"
%token INSTEAD_OF "`instead of`" NEGATIVE_BELOW "`negative below`" NO_STATEMENT "`no statement`" NOT_CODED "`not coded`"
%token NOTHING_READS "`nothing reads`" ONE_OF "`one of`" OR_ELSE "`or else`" REPORT_SHOWS "`report shows`" SERIES_OF "`series of`" SET_OF "`set of`"
%token TABLE_OF "`table of`" TIME_FROM "`time from`" TOTAL_OF "`total of`" COMPLETED "`completed`" DAY "`day`"
%token STARTS "`starts`" LASTS "`lasts`" CONTINUOUS "`continuous`" DAYS "`days`" ONCE "`once`" TIMES "`times`"
%token ON_DAY "`on day 1`"

%type <name> name row_name reason_name of_phase dotted set_label alert_label
%type <names> names row_names dotteds requirements ranks
%type <quoted> text label opt_because
%type <text_parts> parts
%type <text_part> part
%type <type> type plain_type field_type simple_type
%type <enumeration> values results
%type <fields> fields field_list
%type <field> field
%type <params> params param_list
%type <param> param
%type <kind> policy selector relation
%type <flag> is
%type <expr> cases expr disj conj neg cmp simple add mul un unit dflt prim num signed bound anchor value claim
%type <expr> select from window opt_when amount day cell_or cell_and cell_test setting_value condition phase_day dose_on
%type <expr> expected
%type <exprs> values_list args arg_list conditions days members
%type <tail> tail tails note notes
%type <cites> cites
%type <cite> cite
%type <row_label> row_label
%type <row> row row_value set_row set_gives items alert_row
%type <type> set_of
%type <clause> clause interval
%type <steps> steps
%type <step> step
%type <routes> routes
%type <route> route
%type <schedule> schedule
%type <rounding> rounding
%type <table> table
%type <columns> table_head heads
%type <column> head
%type <table_rows> table_rows
%type <table_row> table_row
%type <cells> cells
%type <cell> cell
%type <setting> setting entry
%type <settings> settings entries
%type <given> given given_value given_at
%type <givens> givens given_fields
%%

file: declarations

declarations: %empty
    | declarations finished DEND
/* Reduced at DEND, before a token of the next declaration is read. */
finished: declaration { ast_file_add(p); }
    | error { ast_file_broken(p); yyerrok; }

declaration: PROTOCOL dotted label { ast_protocol(p, $2, $3, @$); }
    | SITE name label { ast_site(p, $2, $3, @$); }
    | VERSION_WORD VERSION { ast_version(p, $2, @2); }
    | VERSION_WORD NUMBER { ast_version_short(p, @2); }
    | STATUS IDENT { ast_status(p, $2, NULL, NULL, @$); }
    | STATUS IDENT BY text ON DATE { ast_status(p, $2, $4, $6, @$); }
    | USE dotteds { ast_use(p, $2); }
    | SOURCE name label { ast_source(p, $2, $3, NULL, @$); }
    | SOURCE name label IN text { ast_source(p, $2, $3, $5, @$); }
    | ENUMERATION name label ':' values { ast_enumeration(p, $2, $3, $5, @$); }
    | input input_parts tails { ast_decl_tail(p, $3); }
    | define expr tails { ast_body(p, $2, $3); }
    | define cases tails { ast_body(p, $2, $3); }
    | phase phase_parts tails { ast_decl_tail(p, $3); }
    | classify_head class_items
    | dose_head dose_items
    | set_head set_items
    | alert_head alert_items
    | monitor monitor_tails
    | monitor_start monitor_items
    | guarantee expr tails { ast_body(p, $2, $3); }
    | guarantee NOTHING_READS names tails { ast_not_reading(p, NULL, $3, $4); }
    | guarantee name DOES_NOT IDENT names tails { ast_does_not(p, $2, $4, @4, $5, $6); }
    | REQUIREMENT_WORD REQUIREMENT text notes { ast_requirement(p, ast_name(p, $2, @2), $3, $4, @1); }
    | NOT_CODED requirements notes { ast_not_coded(p, $2, $3, @1); }
    | REPORT_SHOWS names { ast_report_shows(p, $2, @1); }
    | test test_items
    | SET setting { ast_set(p, $2, @$); }

/* ---- Names and texts -------------------------------------------------------------------------------- */

name: IDENT { $$ = ast_name(p, $1, @1); }
names: name { $$ = name_list_one($1); } | names ',' name { $$ = name_list_add($1, $3); }
dotted: name | DOTTED { $$ = ast_name(p, $1, @1); }
dotteds: dotted { $$ = name_list_one($1); } | dotteds ',' dotted { $$ = name_list_add($1, $3); }
ranks: name '<' name { $$ = name_list_add(name_list_one($1), $3); } | ranks '<' name { $$ = name_list_add($1, $3); }

text: TEXT_START parts TEXT_END { $$ = ast_text(p, $2, @$); }
parts: %empty { $$ = (struct text_part_list){0}; } | parts part { $$ = text_part_list_add($1, $2); }
part: LITERAL { $$ = ast_literal(p, $1); } | '{' expr '}' { $$ = ast_inserted(p, $2); }
label: %empty { $$ = NULL; } | text { $$ = ast_plain(p, $1); }

/* ---- What may follow a header, a row or a clause ----------------------------------------------------- */

tails: %empty { $$ = NULL; } | tails tail { $$ = ast_tails(p, $1, $2); }
tail: TRACE requirements { $$ = ast_traces(p, $2); }
    | CITE cites { $$ = ast_cites(p, $2); }
    | BECAUSE text { $$ = ast_because(p, $2); }
    | STRENGTH name { $$ = ast_strength(p, $2); }
    | SAY text { $$ = ast_say(p, $2); }
    | ADVISE text { $$ = ast_advise(p, $2); }
/* Of what is no rule. */
notes: %empty { $$ = NULL; } | notes note { $$ = ast_tails(p, $1, $2); }
note: CITE cites { $$ = ast_cites(p, $2); } | BECAUSE text { $$ = ast_because(p, ast_plain(p, $2)); }
requirements: REQUIREMENT { $$ = name_list_one(ast_name(p, $1, @1)); }
    | requirements ',' REQUIREMENT { $$ = name_list_add($1, ast_name(p, $3, @3)); }
cites: cite { $$ = cite_list_one($1); } | cites ',' cite { $$ = cite_list_add($1, $3); }
cite: name { $$ = ast_cite(p, $1, NULL, @$); } | name AT text { $$ = ast_cite(p, $1, $3, @$); }

/* ---- Inputs, parameters, definitions ----------------------------------------------------------------- */

input: INPUT name label ':' type { ast_input(p, $2, $3, $5, @1, @3); }
    | PARAMETER name label ':' type { ast_parameter(p, $2, $3, $5, @1, @3); }
input_parts: %empty | input_parts input_part
input_part: FROM signed TO signed { ast_range(p, $2, $4, @$); }
    | NEGATIVE_BELOW name { ast_negative_below(p, $2); }
    | CODE name text { ast_code(p, $2, $3); }

define: DEFINE name label '=' { ast_define(p, $2, $3, @1, @3); }
    | FUNCTION name '(' params ')' label ':' field_type '=' { ast_function(p, $2, $4, $6, $8, @1, @6); }
cases: expr WHEN expr { $$ = ast_node3(p, EXPR_CASE, $1, $3, NULL, @$); }
    | expr WHEN expr '=' cases { $$ = ast_node3(p, EXPR_CASE, $1, $3, $5, @$); }
params: %empty { $$ = (struct param_list){0}; } | param_list
param_list: param { $$ = param_list_one($1); } | param_list ',' param { $$ = param_list_add($1, $3); }
param: name ':' field_type { $$ = ast_param(p, $1, $3); }

type: plain_type | type OR name { $$ = ast_type_or(p, $1, $3); }
simple_type: name { $$ = ast_type_word(p, $1); }
    | UNIT { $$ = ast_type_unit(p, $1, @1); }
    | YES OR NO { $$ = ast_type(p, TYPE_BOOL, @$); }
field_type: simple_type
    | ONE_OF name { $$ = ast_type_members(p, TYPE_ENUM, name_list_one($2), @$); }
    | SET_OF name { $$ = ast_type_members(p, TYPE_SET, name_list_one($2), @$); }
plain_type: simple_type
    | ONE_OF names { $$ = ast_type_members(p, TYPE_ENUM, $2, @$); }
    | SET_OF names { $$ = ast_type_members(p, TYPE_SET, $2, @$); }
    | SERIES_OF simple_type fields { $$ = ast_type_series(p, $2, $3, @$); }
    | name '{' field_list '}' { $$ = ast_type_events(p, $1, $3, @$); }
    | TABLE_OF field_type TO field_type { $$ = ast_type_table(p, $2, $4, @$); }
fields: %empty { $$ = (struct field_list){0}; } | '{' field_list '}' { $$ = $2; }
field_list: field { $$ = ast_fields((struct field_list){0}, $1); } | field_list ',' field { $$ = ast_fields($1, $3); }
field: name ':' field_type { $$ = ast_field(p, $1, $3, @$); }

values: results | values OR name { $$ = ast_enum_or(p, $1, $3); }
results: names { $$ = ast_enum(p, $1, false, @$); } | ranks { $$ = ast_enum(p, $1, true, @$); }

/* ---- Phases ----------------------------------------------------------------------------------------- */

phase: PHASE name label { ast_phase(p, $2, $3, @1, @3); }
phase_parts: %empty | phase_parts phase_part
phase_part: STARTS add { ast_starts(p, $2, @$); } | LASTS bound { ast_lasts(p, $2, @$); }

/* ---- Classifications -------------------------------------------------------------------------------- */

classify: CLASSIFY name label ':' results BY policy { ast_classify(p, $2, $3, $5, $7, @1, @3); }
classify_head: classify tails { ast_decl_tail(p, $2); }
policy: IDENT { $$ = ast_policy(p, $1, @1); }
    | FIRST IDENT { $$ = ast_policy_first(p, $2, @$); }
    | HIGHEST { $$ = POLICY_HIGHEST; }
class_items: %empty | class_items class_item | class_items error { ast_part_broken(p); yyerrok; }
class_item: APPLIES WHEN expr { ast_applies(p, $3, @$); }
    | row { ast_add_row(p, $1); }
    | table { ast_add_table(p, $1); }
row: row_value row_label WHEN expr tails { $$ = ast_row($1, $2, $4, $5, @$); }
    | row_value row_label OTHERWISE tails { $$ = ast_row($1, $2, NULL, $4, @$); }
row_value: VALUE { $$ = ast_row_value(p, ROW_VALUE, $1, @1); }
    | NO_STATEMENT { $$ = ast_row_value(p, ROW_NO_STATEMENT, NULL, @1); }
    | EQUIPOISE { $$ = ast_row_value(p, ROW_EQUIPOISE, NULL, @1); }
row_label: %empty { $$ = NULL; }
    | ROW_AS name { $$ = ast_row_label(p, $2, NULL); }
    | INSTEAD_OF name { $$ = ast_row_label(p, NULL, $2); }
    | ROW_AS name INSTEAD_OF name { $$ = ast_row_label(p, $2, $4); }

/* ---- Sets: collections and recommendations ----------------------------------------------------------- */

set_rule: COLLECT name label ':' set_of { ast_set_rule(p, DECL_COLLECT, $2, $3, $5, @1, @3); }
    | RECOMMEND name label ':' set_of { ast_set_rule(p, DECL_RECOMMEND, $2, $3, $5, @1, @3); }
set_of: SET_OF names { $$ = ast_type_members(p, TYPE_SET, $2, @$); }
set_head: set_rule tails { ast_decl_tail(p, $2); }
set_items: %empty | set_items set_item | set_items error { ast_part_broken(p); yyerrok; }
set_item: APPLIES WHEN expr { ast_applies(p, $3, @$); }
    | set_row { ast_add_row(p, $1); }
    | table { ast_add_table(p, $1); }
set_row: set_gives set_label tails { $$ = ast_set_row(p, $1, $2, $3, NULL, NULL, @$); }
    | set_gives set_label tails WHEN expr tails { $$ = ast_set_row(p, $1, $2, $3, $5, $6, @$); }
set_gives: INCLUDE items { $$ = ast_set_gives($2, ROW_INCLUDE); }
    | EXCLUDE items { $$ = ast_set_gives($2, ROW_EXCLUDE); }
    | EQUIPOISE items { $$ = ast_set_gives($2, ROW_EQUIPOISE); }
items: names { $$ = ast_items(p, $1, false); }
    | ONE_OF names { $$ = ast_items(p, $2, true); }
set_label: %empty { $$ = NULL; } | ROW_AS name { $$ = $2; }

/* ---- Alerts ----------------------------------------------------------------------------------------- */

alert: ALERT name label { ast_alert(p, $2, $3, NULL, @1, @3); }
    | ALERT name label ':' name { ast_alert(p, $2, $3, $5, @1, @5); }
alert_head: alert tails { ast_add_tail(p, $2); }
alert_items: %empty | alert_items alert_item | alert_items error { ast_part_broken(p); yyerrok; }
alert_item: APPLIES WHEN expr { ast_applies(p, $3, @$); }
    | alert_row { ast_add_row(p, $1); }
    | table { ast_add_table(p, $1); }
    | each tails { ast_add_tail(p, $2); }
alert_row: alert_label WHEN expr tails { $$ = ast_alert_row(p, $1, $3, $4, @$); }
alert_label: %empty { $$ = NULL; } | ROW_AS name { $$ = $2; }

/* ---- For each --------------------------------------------------------------------------------------- */

each: FOR_EACH from AS name { ast_for_each(p, $2, $4, @1, @$); }
    | FOR_EACH from WHERE '(' expr ')' AS name { ast_for_each(p, ast_where(p, $2, $5, @2), $8, @1, @$); }

/* ---- Monitors --------------------------------------------------------------------------------------- */

monitor: MONITOR name label { ast_monitor(p, $2, $3, @1, @3); }
monitor_tails: %empty | monitor_tails tail { ast_add_tail(p, $2); }
/* `after` comes first: behind a condition it would be the window of a selection. */
monitor_start: monitor monitor_tails AFTER anchor { ast_follows(p, $4, @4); }
    | monitor monitor_tails monitor_item
    | monitor monitor_tails error { ast_part_broken(p); yyerrok; }
monitor_items: %empty
    | monitor_items monitor_item
    | monitor_items tail { ast_add_tail(p, $2); }
    | monitor_items error { ast_part_broken(p); yyerrok; }
monitor_item: APPLIES WHEN expr { ast_applies(p, $3, @$); }
    | each
    | EXPECT expected FROM bound TO bound { ast_watch(p, $2, $4, $6, @$); }
    | EXPECT expected WITHIN bound { ast_watch(p, $2, NULL, $4, @$); }
    | OVERDUE AFTER bound { ast_overdue(p, $3, @$); }
expected: from | from WHERE '(' expr ')' { $$ = ast_where(p, $1, $4, @$); }

/* ---- Doses ------------------------------------------------------------------------------------------ */

dose: DOSE name label OF name { ast_dose(p, $2, $3, $5, @1, @3); }
dose_head: dose tails { ast_decl_tail(p, $2); }
dose_items: %empty | dose_items dose_item | dose_items error { ast_part_broken(p); yyerrok; }
dose_item: APPLIES WHEN expr { ast_applies(p, $3, @$); }
    | clause { ast_add_clause(p, $1); }
    | table { ast_add_table(p, $1); }
    | FOR_EACH { ast_part_broken(p); }
clause: AMOUNT steps row_label opt_when tails { $$ = ast_amount(p, $2, $3, $4, $5, @$); }
    | AT_LEAST add opt_when tails { $$ = ast_clause(p, CLAUSE_AT_LEAST, $2, $3, $4, @$); }
    | AT_MOST add opt_when tails { $$ = ast_clause(p, CLAUSE_AT_MOST, $2, $3, $4, @$); }
    | CHOOSE add opt_when tails { $$ = ast_clause(p, CLAUSE_CHOOSE, $2, $3, $4, @$); }
    | ROUND rounding opt_when tails { $$ = ast_round(p, $2, $3, $4, @$); }
    | ROUTE routes opt_when tails { $$ = ast_routes(p, $2, $3, $4, @$); }
    | interval FROM add TO add opt_when tails { $$ = ast_interval_between($1, $3, $5, $6, $7, @$); }
    | WITHHOLD reason_name WHEN expr tails { $$ = ast_reason(p, CLAUSE_WITHHOLD, $2, $4, $5, @$); }
    | ASK reason_name WHEN expr tails { $$ = ast_reason(p, CLAUSE_ASK, $2, $4, $5, @$); }
    | WARN reason_name WHEN expr tails { $$ = ast_reason(p, CLAUSE_WARN, $2, $4, $5, @$); }
    | SCHEDULE schedule opt_when tails { $$ = ast_scheduled(p, $2, $3, $4, @$); }
reason_name: %empty { $$ = NULL; } | ROW_AS name { $$ = $2; }
opt_when: %empty { $$ = NULL; } | WHEN expr { $$ = $2; }

steps: step { $$ = step_list_one($1); } | steps THEN step { $$ = step_list_add($1, $3); }
step: amount { $$ = ast_step(p, $1, (struct expr_list){0}, @$, @$); }
    | amount STEP_ON days { $$ = ast_step(p, $1, $3, @3, @$); }
amount: add
    | add TO add { $$ = ast_node(p, EXPR_TO, $1, $3, @$); }
    | NO_STATEMENT { $$ = NULL; }
days: day { $$ = expr_list_one($1); } | days ',' day { $$ = expr_list_add($1, $3); }
day: num | num TO num { $$ = ast_node(p, EXPR_TO, $1, $3, @$); }

schedule: OF name { $$ = ast_schedule(p, SCHEDULE_OF, $2, @$); }
    | CONTINUOUS OF name { $$ = ast_schedule(p, SCHEDULE_CONTINUOUS, $3, @$); }
    | DAYS days OF name { $$ = ast_schedule_days(p, ast_days(p, $2, @2), $4, @$); }
    | EVERY bound of_phase { $$ = ast_schedule_every(p, $2, NULL, $3, @$); }
    | EVERY bound TO bound of_phase { $$ = ast_schedule_every(p, $2, $4, $5, @$); }
    | NUMBER TIMES IDENT name of_phase { $$ = ast_schedule_times(p, $1, $3, $4, $5, @$); }
    | ONCE IDENT name of_phase { $$ = ast_schedule_times(p, NULL, $2, $3, $4, @$); }
    | ONCE of_phase { $$ = ast_schedule(p, SCHEDULE_ONCE, $2, @$); }
of_phase: %empty { $$ = NULL; } | OF name { $$ = $2; }

rounding: TO IDENT add { $$ = ast_rounding(p, true, $2, $3, @2); }
    | IDENT TO add { $$ = ast_rounding(p, false, $1, $3, @1); }
routes: route { $$ = route_list_one($1); } | routes OR route { $$ = route_list_add($1, $3); }
route: IDENT { $$ = ast_route(p, $1, NULL, NULL, @1, @$); }
    | IDENT OVER bound { $$ = ast_route(p, $1, $3, NULL, @1, @$); }
    | IDENT OVER bound TO bound { $$ = ast_route(p, $1, $3, $5, @1, @$); }
interval: INTERVAL reason_name AT_LEAST bound { $$ = ast_interval(p, $2, $4, NULL, @$); }
    | INTERVAL reason_name AT_LEAST bound TO bound { $$ = ast_interval(p, $2, $4, $6, @$); }

/* ---- Tables ----------------------------------------------------------------------------------------- */

/* A row is reduced before the end of its line is taken, so that a mistake on the next line is not its own. */
table: table_head ROW_END table_rows { $$ = ast_table(p, $1, $3, @1); }
table_head: HEAD_START heads '|' { $$ = $2; }
    | HEAD_START error { $$ = (struct column_list){0}; yyerrok; }
table_rows: %empty { $$ = (struct table_row_list){0}; }
    | table_rows table_row ROW_END { $$ = table_row_list_add($1, $2); }
table_row: ROW_START cells '|' { $$ = ast_table_row(p, $2, @$); }
    | ROW_START error { $$ = ast_table_row_broken(p, @1); yyerrok; }

heads: head { $$ = column_list_one($1); } | heads '|' head { $$ = column_list_add($1, $3); }
head: expr { $$ = ast_column(p, $1, @$); }
    | AMOUNT { $$ = ast_column_clause(p, CLAUSE_AMOUNT, @$); }
    | ROUND { $$ = ast_column_clause(p, CLAUSE_ROUND, @$); }
    | ROUTE { $$ = ast_column_clause(p, CLAUSE_ROUTE, @$); }
    | SCHEDULE { $$ = ast_column_clause(p, CLAUSE_SCHEDULE, @$); }
    | INCLUDE { $$ = ast_column_clause(p, CLAUSE_INCLUDE, @$); }
    | EXCLUDE { $$ = ast_column_clause(p, CLAUSE_EXCLUDE, @$); }
    | EQUIPOISE { $$ = ast_column_clause(p, CLAUSE_EQUIPOISE, @$); }
    | STRENGTH { $$ = ast_column_clause(p, CLAUSE_STRENGTH, @$); }
    | BECAUSE { $$ = ast_column_clause(p, CLAUSE_BECAUSE, @$); }
    | TRACE { $$ = ast_column_clause(p, CLAUSE_TRACE, @$); }
    | CITE { $$ = ast_column_clause(p, CLAUSE_CITE, @$); }

cells: cell { $$ = cell_list_one($1); } | cells '|' cell { $$ = cell_list_add($1, $3); }
cell: %empty { $$ = ast_cell_empty(p, @$); }
    | cell_or { $$ = ast_cell(p, $1, @$); }
    | ANY { $$ = ast_cell(p, ast_node(p, EXPR_ANY_CELL, NULL, NULL, @$), @$); }
    | NO_STATEMENT { $$ = ast_cell_kind(p, ROW_NO_STATEMENT, @$); }
    | EQUIPOISE { $$ = ast_cell_kind(p, ROW_EQUIPOISE, @$); }
    | CELL_AMOUNT amount { $$ = ast_cell_amount(p, $2, @$); }
    | CELL_VALUE add { $$ = ast_cell(p, $2, @$); }
    | CELL_ITEMS items { $$ = ast_cell_items(p, $2, @$); }
    | CELL_DAYS days { $$ = ast_cell(p, ast_days(p, $2, @2), @$); }
    | CELL_SCHEDULE schedule { $$ = ast_cell_schedule(p, $2, @$); }
    | CELL_ROUND rounding { $$ = ast_cell_rounding(p, $2, @$); }
    | CELL_ROUTE routes { $$ = ast_cell_routes(p, $2, @$); }
    | CELL_STRENGTH name { $$ = ast_cell_names(p, name_list_one($2), @$); }
    | CELL_TRACE requirements { $$ = ast_cell_names(p, $2, @$); }
    | CELL_TEXT text { $$ = ast_cell_text(p, $2, @$); }
    | CELL_CITE cites { $$ = ast_cell_cites(p, $2, @$); }
cell_or: cell_and | cell_or OR cell_and { $$ = ast_cell_both(p, EXPR_OR, $1, $3, @$); }
cell_and: cell_test | cell_and AND cell_test { $$ = ast_cell_both(p, EXPR_AND, $1, $3, @$); }
cell_test: add
    | relation add { $$ = ast_node(p, (enum expr_kind)$1, ast_subject(p, @1), $2, @$); }
    | FROM add TO add { $$ = ast_negatable(p, EXPR_IS_RANGE, ast_subject(p, @1), $2, $4, false, @$); }
    | INCLUDES value { $$ = ast_node(p, EXPR_INCLUDES, ast_subject(p, @1), $2, @$); }
    | INCLUDES ONE_OF values_list { $$ = ast_meets(p, ast_subject(p, @1), $3, @$); }
    | UNKNOWN { $$ = ast_is_state(p, ast_subject(p, @1), STATE_UNKNOWN, false, @$); }
    | NOT cell_test { $$ = ast_cell_not(p, $2, @$); }

/* ---- Guarantees, tests, settings --------------------------------------------------------------------- */

guarantee: GUARANTEE text { ast_guarantee(p, $2, @$); }
test: TEST text { ast_test(p, $2, @$); }
test_items: %empty | test_items test_item | test_items error { ast_part_broken(p); yyerrok; }
test_item: AS_OF DATE { ast_as_of(p, $2, @$); }
    | SET settings { ast_add_settings(p, $2); }
    | GIVEN givens { ast_add_givens(p, $2); }
    | EXPECT expr { ast_add_expect(p, $2); }

settings: setting { $$ = setting_list_one($1); } | settings ',' setting { $$ = setting_list_add($1, $3); }
setting: name setting_value opt_because { $$ = ast_setting(p, $1, $2, $3, @$); }
    | name '(' entries ')' opt_because { $$ = ast_setting_table(p, $1, $3, $5, @$); }
entries: entry { $$ = setting_list_one($1); } | entries ',' entry { $$ = setting_list_add($1, $3); }
entry: name ':' setting_value { $$ = ast_setting(p, $1, $3, NULL, @$); }
opt_because: %empty { $$ = NULL; } | BECAUSE text { $$ = ast_plain(p, $2); }
setting_value: signed
    | YES { $$ = ast_node(p, EXPR_YES, NULL, NULL, @$); }
    | NO { $$ = ast_node(p, EXPR_NO, NULL, NULL, @$); }
    | text { $$ = ast_text_value(p, ast_plain(p, $1), @$); }
    | members { $$ = ast_members(p, $1, @$); }
members: name { $$ = expr_list_one(ast_named(p, EXPR_NAME, $1, NULL, @$)); }
    | members AND name { $$ = expr_list_add($1, ast_named(p, EXPR_NAME, $3, NULL, @3)); }

givens: given { $$ = given_list_one($1); } | givens ',' given { $$ = given_list_add($1, $3); }
given: name given_value { $$ = ast_given(p, $1, $2, NULL, (struct given_list){0}, @$); }
    | name given_value given_at given_fields { $$ = ast_given(p, $1, $2, $3, $4, @$); }
    | name given_at given_fields { $$ = ast_given(p, $1, NULL, $2, $3, @$); }
given_value: setting_value { $$ = ast_given_value(p, 0, $1); }
    | relation signed { $$ = ast_given_value(p, $1, $2); }
    | name text { $$ = ast_given_word(p, $1, $2); }
given_at: AT DATE { $$ = ast_given_at(p, $2, NULL, NULL); }
    | AT DATE UNTIL DATE { $$ = ast_given_at(p, $2, $4, NULL); }
    | AT DATE UNTIL name { $$ = ast_given_at(p, $2, NULL, $4); }
given_fields: %empty { $$ = (struct given_list){0}; } | '(' givens ')' { $$ = $2; }

/* ---- Expressions, loosest first ---------------------------------------------------------------------- */

expr: disj | disj IMPLIES expr { $$ = ast_node(p, EXPR_IMPLIES, $1, $3, @$); }
disj: conj | disj OR conj { $$ = ast_node(p, EXPR_OR, $1, $3, @$); }
conj: neg | conj AND neg { $$ = ast_node(p, EXPR_AND, $1, $3, @$); }
neg: cmp | NOT neg { $$ = ast_node(p, EXPR_NOT, $2, NULL, @$); }

/* Those of simple hold no comma of their own, so that they may stand in a list. */
cmp: simple
    | add is ONE_OF values_list { $$ = ast_is_one_of(p, $1, $4, $2, @$); }
    | add INCLUDES ONE_OF values_list { $$ = ast_meets(p, $1, $4, @$); }
    | add is UNKNOWN BECAUSE_OF names { $$ = ast_unknown_because(p, $1, $5, $2, @$); }
    | add is name BECAUSE_OF names { $$ = ast_is_because(p, $1, $3, $5, $2, @$); }
    | add is name BY row_names { $$ = ast_is_by(p, $1, $3, $5, $2, @$); }
    | EVERY select HAS claim { $$ = ast_every(p, $2, $4, @$); }
claim: cmp | relation add { $$ = ast_node(p, (enum expr_kind)$1, ast_element_value(p, @1), $2, @$); }
simple: add
    | window { $$ = ast_in_window($1); }
    | UNTIL is value { $$ = ast_is(p, ast_node(p, EXPR_UNTIL, NULL, NULL, @1), $3, $2, @$); }
    | UNTIL is UNKNOWN { $$ = ast_is_state(p, ast_node(p, EXPR_UNTIL, NULL, NULL, @1), STATE_UNKNOWN, $2, @$); }
    | add relation add { $$ = ast_node(p, (enum expr_kind)$2, $1, $3, @$); }
    | add is value { $$ = ast_is(p, $1, $3, $2, @$); }
    | add is FROM add TO add { $$ = ast_negatable(p, EXPR_IS_RANGE, $1, $4, $6, $2, @$); }
    | add is WITHIN value { $$ = ast_negatable(p, EXPR_IS_WITHIN, $1, $4, NULL, $2, @$); }
    | add is UNKNOWN { $$ = ast_is_state(p, $1, STATE_UNKNOWN, $2, @$); }
    | add is NO_STATEMENT { $$ = ast_is_state(p, $1, STATE_NO_STATEMENT, $2, @$); }
    | add is EQUIPOISE { $$ = ast_is_state(p, $1, STATE_EQUIPOISE, $2, @$); }
    | add is GIVEN { $$ = ast_is_state(p, $1, STATE_GIVEN, $2, @$); }
    | NO dose_on { $$ = ast_node(p, EXPR_NONE_ON, $2, NULL, @$); }
    | add INCLUDES value { $$ = ast_node(p, EXPR_INCLUDES, $1, $3, @$); }
relation: '<' { $$ = EXPR_LT; } | LESS_EQUAL { $$ = EXPR_LE; } | '>' { $$ = EXPR_GT; } | GREATER_EQUAL { $$ = EXPR_GE; }
is: IS { $$ = false; } | IS NOT { $$ = true; }
row_names: row_name { $$ = name_list_one($1); } | row_names ',' row_name { $$ = name_list_add($1, $3); }
row_name: name | INTERVAL { $$ = ast_name(p, "interval", @1); }
values_list: value { $$ = expr_list_one($1); } | values_list ',' value { $$ = expr_list_add($1, $3); }
value: signed
    | name { $$ = ast_named(p, EXPR_NAME, $1, NULL, @$); }
    | name OF prim { $$ = ast_named(p, EXPR_OF, $1, $3, @$); }
    | NOW { $$ = ast_node(p, EXPR_NOW, NULL, NULL, @$); }
    | YES { $$ = ast_node(p, EXPR_YES, NULL, NULL, @$); }
    | NO { $$ = ast_node(p, EXPR_NO, NULL, NULL, @$); }
    | text { $$ = ast_text_value(p, $1, @$); }
    | '(' expr ')' { $$ = ast_brackets(p, $2, @$); }

add: mul
    | add '+' mul { $$ = ast_node(p, EXPR_ADD, $1, $3, @$); }
    | add '-' mul { $$ = ast_node(p, EXPR_SUB, $1, $3, @$); }
mul: un
    | mul '*' un { $$ = ast_node(p, EXPR_MUL, $1, $3, @$); }
    | mul '/' un { $$ = ast_node(p, EXPR_DIV, $1, $3, @$); }
un: unit | '-' un { $$ = ast_node(p, EXPR_NEGATE, $2, NULL, @$); }
unit: dflt
    | unit IN UNIT { $$ = ast_in_unit(p, $1, $3, @3, @$); }
    | unit IN name { $$ = ast_in_word(p, $1, $3, @$); }
dflt: prim | prim OR_ELSE dflt { $$ = ast_node(p, EXPR_OR_ELSE, $1, $3, @$); }

prim: num
    | DATE
    | name { $$ = ast_named(p, EXPR_NAME, $1, NULL, @$); }
    | name '(' args ')' { $$ = ast_call(p, $1, $3, @$); }
    | name OF prim { $$ = ast_named(p, EXPR_OF, $1, $3, @$); }
    | YES { $$ = ast_node(p, EXPR_YES, NULL, NULL, @$); }
    | NO { $$ = ast_node(p, EXPR_NO, NULL, NULL, @$); }
    | NOW { $$ = ast_node(p, EXPR_NOW, NULL, NULL, @$); }
    | text { $$ = ast_text_value(p, $1, @$); }
    | '(' expr ')' { $$ = ast_brackets(p, $2, @$); }
    | '(' expr ')' AS name { $$ = ast_named(p, EXPR_AS, $5, $2, @$); }
    | selector select { $$ = ast_select(p, (enum selector)$1, $2, @$); }
    | selector select AS name { $$ = ast_named(p, EXPR_AS, $4, ast_select(p, (enum selector)$1, $2, @$), @$); }
    | TOTAL_OF select { $$ = ast_total_of(p, $2, @$); }
    | COUNT_OF '(' conditions ')' { $$ = ast_listed(p, EXPR_COUNT_OF, $3, @$); }
    | TIME_FROM add TO prim { $$ = ast_node(p, EXPR_TIME_FROM, $2, $4, @$); }
    | COMPLETED name FROM add TO prim { $$ = ast_completed(p, $2, $4, $6, @$); }
    | DATE_OF prim { $$ = ast_node(p, EXPR_DATE_OF, $2, NULL, @$); }
    | ACTIVE_AT prim { $$ = ast_node(p, EXPR_ACTIVE_AT, $2, NULL, @$); }
    | phase_day
    | dose_on
    | name FOR DATE { $$ = ast_node(p, EXPR_STATE_FOR, ast_named(p, EXPR_NAME, $1, NULL, @1), $3, @$); }
dose_on: name ON_DAY bound { $$ = ast_dose_on(p, EXPR_ON_DAY, $1, $3, @$); }
    | name ON anchor { $$ = ast_dose_on(p, EXPR_ON_DATE, $1, $3, @$); }
phase_day: DAY NUMBER OF name { $$ = ast_phase_day(p, $2, $4, @$); }
    | DAY name OF name { $$ = ast_phase_day(p, ast_named(p, EXPR_NAME, $2, NULL, @2), $4, @$); }
num: NUMBER | NUMBER UNIT { $$ = ast_number(p, $1, $2, @2, @$); }
signed: num | DATE | '-' num { $$ = ast_minus(p, $2, @$); }
args: %empty { $$ = (struct expr_list){0}; } | arg_list
arg_list: add { $$ = expr_list_one($1); } | arg_list ',' add { $$ = expr_list_add($1, $3); }
conditions: condition { $$ = expr_list_one($1); } | conditions ',' condition { $$ = expr_list_add($1, $3); }
condition: simple | NOT condition { $$ = ast_node(p, EXPR_NOT, $2, NULL, @$); }

/* ---- Selections and their windows -------------------------------------------------------------------- */

selector: LATEST { $$ = SELECT_LATEST; } | FIRST { $$ = SELECT_FIRST; } | HIGHEST { $$ = SELECT_HIGHEST; }
    | LOWEST { $$ = SELECT_LOWEST; } | AVERAGE { $$ = SELECT_AVERAGE; } | TOTAL { $$ = SELECT_TOTAL; }
    | COUNT_OF { $$ = SELECT_COUNT; } | ANY { $$ = SELECT_ANY; }
select: from
    | from WHERE '(' expr ')' { $$ = ast_where(p, $1, $4, @$); }
    | from window { $$ = ast_window(p, $1, $2, @$); }
    | from WHERE '(' expr ')' window { $$ = ast_window(p, ast_where(p, $1, $4, @$), $6, @$); }
    | from window WHERE '(' expr ')' { $$ = ast_where(p, ast_window(p, $1, $2, @$), $5, @$); }
from: name { $$ = ast_from(p, $1, false, @$); } | GAPS_OF name { $$ = ast_from(p, $2, true, @$); }
window: FROM bound TO bound AFTER anchor { $$ = ast_window_length(p, WINDOW_FROM_TO_AFTER, $2, $4, $6, @$); }
    | FROM bound TO bound BEFORE anchor { $$ = ast_window_length(p, WINDOW_FROM_TO_BEFORE, $2, $4, $6, @$); }
    | WITHIN bound BEFORE anchor { $$ = ast_window_length(p, WINDOW_WITHIN_BEFORE, $2, NULL, $4, @$); }
    | WITHIN bound AFTER anchor { $$ = ast_window_length(p, WINDOW_WITHIN_AFTER, $2, NULL, $4, @$); }
    | BEFORE anchor { $$ = ast_window_of(p, WINDOW_BEFORE, $2, NULL, @$); }
    | AFTER anchor { $$ = ast_window_of(p, WINDOW_AFTER, $2, NULL, @$); }
    | UNTIL anchor { $$ = ast_window_of(p, WINDOW_UNTIL, $2, NULL, @$); }
    | SINCE anchor { $$ = ast_window_of(p, WINDOW_SINCE, $2, NULL, @$); }
    | BETWEEN anchor AND anchor { $$ = ast_window_of(p, WINDOW_BETWEEN, $2, $4, @$); }
    | ON anchor { $$ = ast_window_of(p, WINDOW_ON, $2, NULL, @$); }
bound: num | name { $$ = ast_named(p, EXPR_NAME, $1, NULL, @$); } | '(' expr ')' { $$ = ast_brackets(p, $2, @$); }
anchor: name { $$ = ast_named(p, EXPR_NAME, $1, NULL, @$); }
    | DATE
    | NOW { $$ = ast_node(p, EXPR_NOW, NULL, NULL, @$); }
    | LATEST name { $$ = ast_select(p, SELECT_LATEST, ast_from(p, $2, false, @2), @$); }
    | FIRST name { $$ = ast_select(p, SELECT_FIRST, ast_from(p, $2, false, @2), @$); }
    | name OF name { $$ = ast_named(p, EXPR_OF, $1, ast_named(p, EXPR_NAME, $3, NULL, @3), @$); }
    | phase_day
    | '(' expr ')' { $$ = ast_brackets(p, $2, @$); }
%%
enum { EXPECTED_MAX = 160 };

static int yyreport_syntax_error(const yypcontext_t *context, struct parser *p)
{
    yysymbol_kind_t kinds[EXPECTED_MAX];
    const char *names[EXPECTED_MAX];
    int count = yypcontext_expected_tokens(context, kinds, EXPECTED_MAX);
    for (int i = 0; i < count; i++)
        names[i] = yysymbol_name(kinds[i]);
    mistake_unexpected(p, &(struct expected){names, count > 0 ? (size_t)count : 0});
    return 0;
}

/* Only for a stack that is full: other errors are reported above. */
static void grammar_error(const struct span *span, struct parser *p, const char *message)
{
    (void)message;
    mistake(p, DIAG_TOO_DEEP, *span, "give a part of it a name with `define`", "this is nested too deep");
}
