/* The grammar of .lexo files.  It knows no object kinds; see syntax/ast.h.  The layout (syntax/layout.h) has already
 * decided which line ends count and has made brackets match, so no input is a syntax error here.  Values are in the
 * arena of the file: nothing to destroy.
 * SPDX-License-Identifier: Apache-2.0 */
%define api.pure full
%define api.prefix {model_yy}
%define api.value.type {union model_value}
%define api.token.prefix {MODEL_}
%define parse.error simple
%param { struct lx_layout *layout }

%code requires {
#include "syntax/layout.h"
}
%code {
#include "model_parser.h"

/* Lists are left-recursive and groups nest at most LX_SYNTAX_NESTING deep: five entries a group are plenty. */
#define YYINITDEPTH (8 * LX_SYNTAX_NESTING)
#define YYMAXDEPTH YYINITDEPTH

static void model_yyerror(struct lx_layout *layout, const char *message)
{
	(void)message;
	lx_layout_fail(layout);
}
}

%token WORD QUOTED NUMBER STRING SQL BODY PUNCT ANNOTATION
%token CALL      "annotation with arguments"
%token NEWLINE   "end of the line"
%token DOC       "doc comment"

%type <node>  WORD QUOTED NUMBER STRING SQL BODY PUNCT ANNOTATION CALL '(' '[' '{' node group
%type <end>   ')' ']' '}'
%type <nodes> nodes inside
%type <items> lines
%type <item>  line
%type <doc>   DOC

%%
file: lines                       { lx_layout_finish(layout, $lines); }
    ;

lines: line                       { $$ = lx_items_of($line); }
     | lines NEWLINE line         { $$ = lx_items_add($1, $line); }
     ;

line: %empty                      { $$ = NULL; }
    | nodes                       { $$ = lx_item_of(layout, NULL, $nodes); }
    | DOC nodes                   { $$ = lx_item_of(layout, $DOC, $nodes); }
    ;

nodes: node                       { $$ = lx_nodes_of($node); }
     | nodes node                 { $$ = lx_nodes_add($1, $node); }
     ;

node: WORD | QUOTED | NUMBER | STRING | SQL | BODY | PUNCT | ANNOTATION
    | group
    | CALL '(' inside ')'         { $$ = lx_node_fill(layout, $CALL, $inside, $4); }
    ;

group: '(' inside ')'             { $$ = lx_node_fill(layout, $1, $inside, $3); }
     | '[' inside ']'             { $$ = lx_node_fill(layout, $1, $inside, $3); }
     | '{' lines '}'              { $$ = lx_node_fill_lines($1, $lines, $3); }
     ;

inside: %empty                    { $$ = (struct lx_nodes){NULL, NULL}; }
      | nodes
      ;
%%
