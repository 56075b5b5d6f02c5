package line

import (
	"bytes"
	"errors"
	"strconv"
	"time"
)

// An Origin says where an entry was recorded first, if that was in another log of the same
// incident, from which it was taken over.
type Origin struct {
	Hash     Hash      // of its envelope there
	Seq      uint64    // its number there
	Recorded time.Time // UTC, when it was written there
	// After is the time that it comes after in the order of things, if what was known there of
	// the same thing was later than the time at which it happened; else zero.
	After time.Time
	// Prev is the hash of the entry that was recorded in that log before it: all that stood
	// there up to that one was known. Zeros if there was none.
	Prev Hash
}

// originKey is the key under which an origin stands, last of an entry's data.
const originKey = "origin"

var errOrigin = errors.New("its origin is not a hash, a number and a time")

// Append writes an object, and an origin behind its last member, if there is one.
func (o *Origin) Append(b, object []byte) []byte {
	if o == nil {
		return append(b, object...)
	}
	object = bytes.TrimSuffix(object, []byte("}"))
	if b = append(b, object...); len(object) > 1 {
		b = append(b, ',')
	}
	b = appendHex(append(b, `"`+originKey+`":{"hash":"`...), o.Hash)
	b = strconv.AppendUint(append(b, `","seq":`...), o.Seq, 10)
	b = o.Recorded.UTC().AppendFormat(append(b, `,"recorded":"`...), recordedLayout)
	if !o.After.IsZero() {
		b = o.After.UTC().AppendFormat(append(b, `","after":"`...), recordedLayout)
	}
	if !o.Prev.IsZero() {
		b = appendHex(append(b, `","prev":"`...), o.Prev)
	}
	return append(b, `"}}`...)
}

// parseOrigin reads what Append writes. whole is false if it says more.
func parseOrigin(object []byte) (o *Origin, whole bool, err error) {
	o, whole = new(Origin), true
	ok := len(object) > 0 && object[0] == '{'
	for key, value := range Members(object) {
		text := bytes.Trim(value, `"`)
		good := true
		switch string(key) {
		case "hash":
			o.Hash, good = parseHash(text)
		case "seq":
			o.Seq, err = strconv.ParseUint(string(value), 10, 53)
			good = err == nil && o.Seq > 0
		case "recorded":
			o.Recorded, good = parseMoment(text)
		case "after":
			o.After, good = parseMoment(text)
		case "prev":
			o.Prev, good = parseHash(text)
			good = good && !o.Prev.IsZero()
		default:
			whole = false
		}
		ok = ok && good
	}
	if !ok || o.Hash.IsZero() || o.Seq == 0 || o.Recorded.IsZero() {
		return nil, false, errOrigin
	}
	return o, whole, nil
}

func parseMoment(text []byte) (time.Time, bool) {
	if len(text) != len(recordedLayout) {
		return time.Time{}, false
	}
	return parseRecorded(text)
}

// cutOrigin takes the origin out of the facts of a kind that is not known. What does not
// stand there as it is written is left where it is.
func cutOrigin(facts []byte) (rest []byte, o *Origin) {
	var last, value []byte
	for k, v := range Members(facts) {
		last, value = k, v
	}
	if string(last) != originKey {
		return facts, nil
	}
	o, whole, err := parseOrigin(value)
	if err != nil || !whole {
		return facts, nil
	}
	rest = bytes.Clone(facts[:len(facts)-len(`"`+originKey+`":`)-len(value)-len("}")])
	return append(bytes.TrimSuffix(rest, []byte(",")), '}'), o
}
