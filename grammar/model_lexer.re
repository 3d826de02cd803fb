/* Tokens of .lexo files.  re2c finds where a token begins and what it is; literals that may be long are searched with
 * plain loops in syntax/literal.c.
 * SPDX-License-Identifier: Apache-2.0 */
#include "model_lexer.h"

#include "syntax/literal.h"

enum model_raw model_lex(struct model_lexer *lexer)
{
next:
	lexer->token = lexer->cursor;
	/*!re2c
	re2c:define:YYCTYPE = "unsigned char";
	re2c:define:YYCURSOR = lexer->cursor;
	re2c:define:YYLIMIT = lexer->limit;
	re2c:define:YYMARKER = lexer->marker;
	re2c:yyfill:enable = 0;
	re2c:eof = 0;

	high    = [\x80-\xff];
	word    = [A-Za-z_] [A-Za-z0-9_]*;
	odd     = ([A-Za-z_] | high) ([A-Za-z0-9_] | high)*;
	digits  = [0-9] [0-9_]*;
	number  = digits ("." digits)? ([eE] [+-]? [0-9]+)?;
	control = [\x00-\x08\x0b\x0c\x0e-\x1f\x7f];

	[ \t\r]+              { goto next; }
	control               { goto next; } // reported by the check of the whole text
	"\n"                  { return MODEL_RAW_LINE; }
	"///" ([^/\n] [^\n]*)? { return MODEL_RAW_DOC; }
	"//" [^\n]*           { return MODEL_RAW_COMMENT; }
	"--" [^\n]*           { return lx_literal_foreign_comment(lexer); }
	"/*"                  { return lx_literal_foreign_comment(lexer); }

	word                  { return lx_literal_plain(lexer, LX_NODE_WORD); }
	odd                   { return lx_literal_odd_name(lexer); }
	number                { return lx_literal_plain(lexer, LX_NODE_NUMBER); }
	number "."? [A-Za-z_] [A-Za-z0-9_.]* { return lx_literal_bad_number(lexer); }
	digits "." digits "." [A-Za-z0-9_.]* { return lx_literal_bad_number(lexer); }
	"'"                   { return lx_literal_quoted(lexer, LX_NODE_STRING); }
	"\""                  { return lx_literal_quoted(lexer, LX_NODE_QUOTED); }
	"`"                   { return lx_literal_quoted(lexer, LX_NODE_SQL); }
	"$" word? "$"         { return lx_literal_body(lexer); }

	"@" word              { return lx_literal_annotation(lexer); }
	"->"                  { return lx_literal_punct(lexer, '>'); }
	[.,=?:-]              { return lx_literal_punct(lexer, (char)*lexer->token); }
	"("                   { return lx_literal_open(lexer, LX_NODE_PAREN); }
	"["                   { return lx_literal_open(lexer, LX_NODE_BRACKET); }
	"{"                   { return lx_literal_open(lexer, LX_NODE_BRACE); }
	[)}\]]                { return MODEL_RAW_CLOSE; }
	*                     { lx_literal_bad_character(lexer); goto next; }
	$                     { return MODEL_RAW_END; }
	*/
}

bool model_is_declaration(const unsigned char *text)
{
	const unsigned char *marker = text;
	/*!re2c
	re2c:define:YYCURSOR = text;
	re2c:define:YYMARKER = marker;
	re2c:eof = -1;

	("composite" | "domain" | "enum" | "extension" | "function" | "grant" | "import" | "materialized" | "mixin" |
	 "model" | "procedure" | "query" | "role" | "schema" | "seed" | "sequence" | "sql" | "view") [ \t]
	    { return true; }
	* { return false; }
	*/
}
