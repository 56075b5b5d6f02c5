# verify without muster
(log() { cat log.jsonl; [ -z "$(tail -c 1 log.jsonl)" ] || echo; }
hash() { printf %s "$1" | sha256sum | cut -c 1-64; }
wrong() { echo "line $n is wrong"; exit 1; }
spelt='if .e.v == 1 then {e, d} else {e, d, p} end'
log | jq -r "($spelt | tojson)"', if (.e | keys_unsorted == ["v", "seq", "prev", "recorded", "mode", "kind", "c"] and
        ([.[] | type] | unique) == ["number", "string"] and (.seq | type) == "number") and
    if .d == null then .e.v == 1 or .e.v == 2 and .p == null
    elif .e.v == 1 then (.d | type) == "object"
    else .e.v == 2 and ([.d, .d.p, .p | type] | unique) == ["object"] and (.p | has("names")) and
        (.d.p | keys_unsorted) == (.p | keys_unsorted) and ([.p[] | type] - ["object", "null"]) == [] end
    then "\(.e.seq) \(.e.prev) \(.e | tojson)", ([[.e.c, .d.p[]?], [.d, .p[]?]] | transpose[] |
        select(.[1] != null) | "\(.[0]) \(.[1] | tojson)"), "" else "" end' 2>/dev/null | {
    n=0 prev=$(printf %064d 0)
    while IFS= read -r line <&3 || [ -n "$line" ]; do
        n=$((n + 1))
        IFS= read -r same && [ "$line" = "$same" ] &&
            read -r seq before e && [ "$seq $before" = "$n $prev" ] || wrong
        while read -r sum text && [ -n "$sum" ]; do
            [ "$sum" = "$(hash "$text")" ] || wrong
        done
        prev=$(hash "$e")
    done 3<log.jsonl
    [ $n -gt 0 ] && [ "$(log | jq -c "$spelt" | sha256sum)" = "$(log | sha256sum)" ] ||
        { echo "it is empty, or has bytes that no shell reads"; exit 1; }
    echo "$n entries, head $prev"
})
