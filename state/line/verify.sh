# verify without muster
(log() { cat log.jsonl; [ -z "$(tail -c 1 log.jsonl)" ] || echo; }
hash() { printf %s "$1" | sha256sum | cut -c 1-64; }
wrong() { echo "line $n is wrong"; exit 1; }
spelt='if .e.v == 1 then {e, d} else {e, d, p} end'
forms='def time(f): test("\\A[0-9T:-]{19}" + f + "Z\\z") and (.[:19] + "Z" | . == (fromdate | todate));
    def hashes: all(test("\\A[0-9a-f]{64}\\z"));
    def texts: ([.[] | type] | unique) - ["string"] == [];
    def order($all): keys_unsorted as $keys | $all - ($all - $keys) == $keys;
    def role: if has("role") then .role != "" and ([.role] | texts) else true end;
    def of: type == "array" and texts;
    def said: ([.zone] | texts) and (.data | type) == "object" and
        (if has("occurred") then .occurred | time("(\\.[0-9]{0,8}[1-9])?") else true end);
    def said2: order(["p", "role", "via", "occurred", "zone", "override", "data"]) and said and role and ([.via] | texts) and
        (if has("override") then .override | of else true end);
    def salt: .salt | test("\\A[A-Za-z0-9_-]{21}[AQgw]\\z");
    def said1: order(["salt", "by", "occurred", "zone", "override", "data"]) and salt and said and
        (.by | order(["name", "role", "via"]) and ([.name, .via] | texts) and role) and
        (if has("override") then .override | keys_unsorted == ["of", "why"] and (.of | of) and .why != "" and ([.why] | texts) else true end);
    def part(name): ([name] + keys_unsorted | join(" ") | test("\\A(names salt by|notes salt( override)?|(evidence|runbook) salt)( data)?\\z")) and
        length > 1 and salt and .override != "" and ([del(.data)[]] | texts) and
        (if has("data") then (.data | type) == "object" and .data != {} else true end);
    def plain: ([paths | length] | max) < 16 and ([.. | numbers | tojson] | index("-0")) == null and
        all(.. | numbers; . == floor and . >= -9007199254740992 and . <= 9007199254740992) and
        all(.. | objects | keys_unsorted[]; test("\\A[ !#-@\\[\\]-~]*\\z") and (test("[A-Z]") | not));'
log | jq -r "$forms ($spelt | tojson)"', if (.e | keys_unsorted == ["v", "seq", "prev", "recorded", "mode", "kind", "c"] and
        ([.[] | type] | unique) == ["number", "string"] and (.seq | type) == "number" and
        ([.prev, .c] | hashes) and (.recorded | time("\\.[0-9]{9}")) and
        (.mode | test("\\A(live|drill)\\z")) and (.kind | test("\\A[a-z._-]{1,40}\\z")) and (.seq > 1 or .kind == "incident.opened")) and
    if .d == null then .e.v == 1 or .e.v == 2 and .p == null
    elif .e.v == 1 then (.d | type) == "object" and (.d | said1) and ({d: .d.data} | plain)
    else .e.v == 2 and ([.d, .d.p, .p | type] | unique) == ["object"] and (.d | said2) and ([.d.p[]] | hashes) and (.p | has("names")) and
        (.d.p | keys_unsorted) == (.p | keys_unsorted) and (.p | keys_unsorted) - ["names", "notes", "evidence", "runbook"] == [] and
        ([.p[] | type] - ["object", "null"]) == [] and all({d: .d.data}, .p[]; . == null or plain) and
        all(.p | to_entries[]; .key as $name | .value == null or (.value | part($name))) and
        (.p.notes.override == null or (.d | has("override"))) end
    then "\(.e.seq) \(.e.prev) \(.e.mode) \(.e | tojson)", ([[.e.c, .d.p[]?], [.d, .p[]?]] | transpose[] |
        select(.[1] != null) | "\(.[0]) \(.[1] | tojson)"), "" else "" end' 2>/dev/null | {
    n=0 prev=$(printf %064d 0) first=
    while IFS= read -r line <&3 || [ -n "$line" ]; do
        n=$((n + 1))
        IFS= read -r same && [ "$line" = "$same" ] &&
            read -r seq before mode e && [ "$seq $before $mode" = "$n $prev ${first:=$mode}" ] || wrong
        while read -r sum text && [ -n "$sum" ]; do
            [ "$sum" = "$(hash "$text")" ] || wrong
        done
        prev=$(hash "$e")
    done 3<log.jsonl
    [ $n -gt 0 ] && [ "$(log | jq -c "$spelt" | sha256sum)" = "$(log | sha256sum)" ] ||
        { echo "it is empty, or has bytes that no shell reads"; exit 1; }
    echo "$n entries, head $prev"
})
