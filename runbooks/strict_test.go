package runbooks

import (
	"reflect"
	"strings"
	"testing"
	"time"
)

// settings is a struct with every type of field that DecodeStrict fills.
type settings struct {
	At      Place
	Name    string             `toml:"name"`
	Count   int                `toml:"count"`
	Share   float64            `toml:"share"`
	On      bool               `toml:"on"`
	Maybe   *bool              `toml:"maybe"`
	Limit   *int               `toml:"limit"`
	Day     time.Time          `toml:"day"`
	Wait    Span               `toml:"wait"`
	Waits   []Span             `toml:"waits"`
	Shares  []float64          `toml:"shares"`
	World   map[string]string  `toml:"world"`
	Sizes   map[string]float64 `toml:"sizes"`
	Inner   inner              `toml:"inner"`
	Other   *inner             `toml:"other"`
	List    []inner            `toml:"list"`
	Channel map[string]inner   `toml:"channel"`
	Ignored string
}

type inner struct {
	At Place
	ID string `toml:"id"`
	N  int    `toml:"n"`
}

func TestDecodeStrictFillsEveryType(t *testing.T) {
	const file = `name = "x"
count = 3
share = 1
on = true
maybe = false
day = 2026-11-24
wait = "10m"
waits = ["1h", "1 month"]
shares = [1, 2.5]
world = { website = "down" }
sizes = { a = 1 }
inner.n = 4
list = [{ n = 1 }, { id = "two" }]
[other]
id = "y"
[channel.ops]
id = "z"
`
	var got settings
	if problems := DecodeStrict("c.toml", []byte(file), &got); len(problems) > 0 {
		t.Fatal(problems)
	}
	places := []struct {
		at    Place
		where string
		line  int
	}{
		{got.At, "", 1}, {got.Inner.At, "inner", 12}, {got.Other.At, `other "y"`, 14},
		{got.List[0].At, "list 1", 13}, {got.List[1].At, `list "two"`, 13}, {got.Channel["ops"].At, `channel, ops "z"`, 16},
	}
	for _, p := range places {
		if p.at.Where() != p.where || p.at.Line("nothing") != p.line {
			t.Errorf("%q, line %d; want %q, line %d", p.at.Where(), p.at.Line("nothing"), p.where, p.line)
		}
	}
	got.At, got.Inner.At, got.Other.At, got.List[0].At, got.List[1].At = Place{}, Place{}, Place{}, Place{}, Place{}
	got.Channel["ops"] = inner{ID: got.Channel["ops"].ID}
	no := false
	want := settings{
		Name: "x", Count: 3, Share: 1, On: true, Maybe: &no, Day: time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC),
		Wait: Span{Duration: 10 * time.Minute}, Waits: []Span{{Duration: time.Hour}, {Months: 1}}, Shares: []float64{1, 2.5},
		World: map[string]string{"website": "down"}, Sizes: map[string]float64{"a": 1}, Inner: inner{N: 4},
		Other: &inner{ID: "y"}, List: []inner{{N: 1}, {ID: "two"}}, Channel: map[string]inner{"ops": {ID: "z"}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestDecodeStrictReportsEveryMistake(t *testing.T) {
	const file = `Ignored = "x"
at = 1
count = 1.5
share = "half"
maybe = "yes"
day = 10:00:00
wait = 10
waits = ["1h", "long", 3]
world = { website = 1, mail = "up" }
inner = [1]
list = { n = 1 }
[other]
m = 1
[channel.ops]
[channel.web]
n = "1"
`
	want := strings.TrimPrefix(`
c.toml:1: unknown key "Ignored" — known keys are name, count, share, on, maybe, limit, day, wait, waits, shares, world, sizes, inner, other, list and channel
c.toml:2: unknown key "at" — known keys are name, count, share, on, maybe, limit, day, wait, waits, shares, world, sizes, inner, other, list and channel
c.toml:3: "count" is the number 1.5 — it must be a whole number
c.toml:4: "share" is the text "half" — it must be a number
c.toml:5: "maybe" is the text "yes" — it must be true or false
c.toml:6: "day" is a time — it must be a day such as 2026-11-01
c.toml:7: "wait" is the number 10 — it must be a length of time such as "10m"
c.toml:8: "long" is not a length of time — write it as "10m", "72h", "14d", "4 business days" or "1 month"
c.toml:8: "waits" is the number 3 — it must be a length of time such as "10m"
c.toml:9: world: "website" is the number 1 — it must be text
c.toml:10: "inner" is a list — it must be a table
c.toml:11: "list" is a table — it must be a list of tables, each under [[list]]
c.toml:13: other: unknown key "m" — did you mean "n"?
c.toml:16: channel, web: "n" is the text "1" — it must be a whole number`, "\n")
	var got settings
	if problems := DecodeStrict("c.toml", []byte(file), &got); problems.String() != want {
		t.Errorf("got\n%s\nwant\n%s", problems, want)
	}
	if got.Maybe != nil || len(got.Waits) != 1 || len(got.World) != 1 || len(got.Channel) != 2 {
		t.Errorf("%+v", got)
	}
}

func TestPlaceReportsLater(t *testing.T) {
	var got settings
	DecodeStrict("c.toml", []byte("name = 'x'\n\n[[list]]\nid = 'a'\n"), &got)
	p := got.List[0].At.Problem("id", "taken", "choose another")
	if p.String() != `c.toml:4: list "a": taken — choose another` || !got.List[0].At.Has("id") || got.List[0].At.Has("n") {
		t.Error(p)
	}
	var none Place // of a struct that no table filled
	if none.Line("id") != 0 || none.Has("id") {
		t.Error(none)
	}
}

func TestProblemLevels(t *testing.T) {
	warning := Problem{File: "a", Level: Warning, What: "odd"}
	if ps := (Problems{warning}); ps.Err() != nil || ps.String() != "a: warning: odd" {
		t.Error(ps)
	}
	ps := Problems{warning, {File: "a", Line: 3, Level: Error, What: "bad"}}
	if err := ps.Err(); err == nil || err.Error() != "a: warning: odd\na:3: bad" {
		t.Error(err)
	}
	if Error.String() != "error" || Warning.String() != "warning" {
		t.Error(Error, Warning)
	}
}
