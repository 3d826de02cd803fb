/* SPDX-License-Identifier: Apache-2.0 */
#include "codegen/names.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"

/* Words of C17, C23 and C++20; lower-case macros of the C library, POSIX and common compilers; type names that
 * generated structs use; members that generated structs have besides columns.  In the order of strcmp. */
/* clang-format off */
static const char *const reserved[] = {
	"_Bool", "_Complex", "_Imaginary", "alignas", "alignof", "and", "and_eq", "asm", "assert", "auto", "bitand",
	"bitor", "bool", "break", "case", "catch", "char", "char16_t", "char32_t", "char8_t", "class", "co_await",
	"co_return", "co_yield", "compl", "complex", "concept", "const", "const_cast", "consteval", "constexpr",
	"constinit", "continue", "decltype", "default", "delete", "do", "double", "dynamic_cast", "else", "enum",
	"errno", "explicit", "export", "extern", "false", "far", "fileno", "float", "for", "friend", "goto", "h_addr",
	"i386", "if", "inline", "int", "int16_t", "int32_t", "int64_t", "interface", "isfinite", "isinf", "isnan",
	"isnormal", "linux", "long", "major", "makedev", "math_errhandling", "max", "min", "minor", "mutable",
	"namespace", "near", "new", "noexcept", "noreturn", "not", "not_eq", "null_columns", "nullptr", "offsetof",
	"operator", "or", "or_eq", "private", "protected", "public", "putc", "register", "reinterpret_cast",
	"requires", "restrict", "return", "s6_addr", "s_addr", "sa_handler", "sa_sigaction", "set", "setjmp", "short",
	"si_addr", "si_pid", "si_status", "si_uid", "si_value", "signbit", "signed", "size_t", "sizeof", "st_atime",
	"st_ctime", "st_mtime", "static", "static_assert", "static_cast", "stderr", "stdin", "stdout", "struct",
	"switch", "template", "this", "thread_local", "throw", "true", "try", "typedef", "typeid", "typename",
	"typeof", "typeof_unqual", "uint16_t", "uint32_t", "uint64_t", "uint8_t", "union", "unix", "unsigned",
	"unused_", "using", "va_arg", "va_copy", "va_end", "va_start", "virtual", "void", "volatile", "wchar_t",
	"while", "xor", "xor_eq",
};
/* clang-format on */

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool lx_name_is_reserved(const char *word)
{
	if (bsearch(&word, reserved, sizeof reserved / sizeof reserved[0], sizeof reserved[0], by_text))
		return true;
	return strncmp(word, "lexo_", 5) == 0;
}

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}
static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}
static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* A word begins at a capital behind a small letter or digit, and at the last capital of a run before a small letter. */
static bool begins_word(const char *name, size_t i)
{
	if (i == 0 || !is_upper(name[i]))
		return false;
	return is_lower(name[i - 1]) || is_digit(name[i - 1]) || (is_upper(name[i - 1]) && is_lower(name[i + 1]));
}

const char *lx_name_snake(struct lx_arena *arena, const char *prefix, const char *name)
{
	size_t length = strlen(name), prefix_length = strlen(prefix), end = prefix_length, step;
	char *out = lx_arena_alloc(arena, prefix_length + length * 2 + 3);
	if (prefix_length)
		memcpy(out, prefix, prefix_length);
	if (!prefix_length && (is_digit(name[0]) || !name[0]))
		out[end++] = 'x';
	for (size_t i = 0; i < length; i += step) {
		uint32_t code_point;
		step = lx_utf8_step(name + i, length - i, &code_point);
		if (begins_word(name, i))
			out[end++] = '_';
		char c = name[i];
		if (is_upper(c))
			c = (char)(c - 'A' + 'a');
		out[end++] = is_lower(c) || is_digit(c) ? c : '_';
	}
	/* a leading underscore with more behind it belongs to the implementation at file scope */
	if (!prefix_length && out[0] == '_') {
		memmove(out + 1, out, end);
		out[0] = 'x';
	}
	return out;
}

/* Tens of thousands of names are put together for a large schema: by hand, since formatting is most of that time. */
static char *join(struct lx_arena *arena, const char *a, const char *b)
{
	size_t first = strlen(a), second = strlen(b);
	char *out = lx_arena_alloc(arena, first + second + 1);
	if (first)
		memcpy(out, a, first);
	if (second)
		memcpy(out + first, b, second);
	return out;
}

const char *lx_name_upper(struct lx_arena *arena, const char *prefix, const char *name)
{
	const char *snake = lx_name_snake(arena, prefix[0] ? "_" : "", name);
	char *out = join(arena, prefix, prefix[0] ? snake + 1 : snake);
	for (char *at = out; *at; at++) {
		if (is_lower(*at))
			*at = (char)(*at - 'a' + 'A');
	}
	return out;
}

const char *lx_name_join(struct lx_arena *arena, const char *a, const char *b)
{
	return join(arena, a, b);
}

const char *lx_name_field(struct lx_names *names, const char *name)
{
	const char *field = lx_name_snake(names->arena, "", name);
	while (lx_name_is_reserved(field) || lx_map_get(&names->taken, field, strlen(field))) {
		/* one that begins with lexo_ stays reserved whatever is behind it */
		field = strncmp(field, "lexo_", 5) == 0 ? lx_name_join(names->arena, "x_", field)
							: lx_name_join(names->arena, field, "_");
	}
	return field;
}

bool lx_name_check(struct lx_names *names, const char *name, struct lx_span span, const char *what)
{
	bool is_good = name[0] && !is_digit(name[0]) && name[0] != '_';
	for (const char *at = name; *at; at++)
		is_good = is_good && (is_upper(*at) || is_lower(*at) || is_digit(*at) || *at == '_');
	if (is_good && !lx_name_is_reserved(name) && strncmp(name, "LEXO_", 5) != 0)
		return true;
	struct lx_diag *diag = lx_report(names->diags, LX_E0502, span, "'%s' cannot be %s in C", name, what);
	lx_diag_help(
	    names->diags, diag,
	    "use letters, digits and underscores, a letter first, and neither a word of C nor a name that begins "
	    "with lexo_");
	return false;
}

static bool same_span(struct lx_span a, struct lx_span b)
{
	return a.file == b.file && a.start == b.start && a.end == b.end;
}

void lx_name_take(struct lx_names *names, const char *identifier, struct lx_span span, const char *what)
{
	struct lx_name *name = LX_NEW(names->arena, struct lx_name);
	name->span = span;
	name->what = what;
	const struct lx_name *other = lx_map_put(names->arena, &names->taken, identifier, strlen(identifier), name);
	if (!other)
		return;
	/* two declarations with one name clash in all that is made from it: once is enough */
	if (names->clash[0].end && same_span(names->clash[0], span) && same_span(names->clash[1], other->span))
		return;
	names->clash[0] = span;
	names->clash[1] = other->span;
	struct lx_diag *diag =
	    lx_report(names->diags, LX_E0501, span, "the C name '%s' is taken: %s", identifier, what);
	if (other->span.file)
		lx_diag_label(names->diags, diag, other->span, "%s has it already", other->what);
	else
		lx_diag_note(names->diags, diag, "%s has it already", other->what);
	lx_diag_help(names->diags, diag,
		     "choose another with @c: type and prefix of a model, field of a field, enum_prefix of an enum; "
		     "or rename one of them");
}
