# The part of JSON Schema that docs/schema uses, strictly: a field that no schema names is an error too.
#   jq -n -r --argjson value VALUE --argjson schema SCHEMA --argjson common COMMON -f schema.jq
# prints a line for each thing that is wrong.
# SPDX-License-Identifier: Apache-2.0
def is_a($name):
	if $name == "integer" then type == "number" and . == floor
	else type == $name end;
def resolve($ref): $common.definitions[$ref | split("/") | last];
def check($schema; $path):
	. as $value
	| if $schema["$ref"] then check(resolve($schema["$ref"]); $path)
	  else
		(if $schema | has("type") then
			([$schema.type] | flatten) as $types
			| if any($types[]; . as $type | $value | is_a($type)) then empty
			  else "\($path): \($value | tojson) is no \($types | join(" or "))" end
		 else empty end),
		(if ($schema | has("const")) and $schema.const != $value then "\($path): not \($schema.const | tojson)" else empty end),
		(if ($schema | has("enum")) and ($schema.enum | index([$value]) | not) then
			"\($path): \($value | tojson) is not one of \($schema.enum | tojson)" else empty end),
		(if type == "object" then
			(($schema.required // [])[] | select(. as $key | $value | has($key) | not) | "\($path): \(.) is missing"),
			(keys_unsorted[] as $key
			 | if $schema.properties | has($key) then .[$key] | check($schema.properties[$key]; "\($path).\($key)")
			   else "\($path): \($key) is not in the schema" end)
		 elif type == "array" then to_entries[] | .key as $i | .value | check($schema.items; "\($path)[\($i)]")
		 else empty end)
	  end;
$value | check($schema; "")
