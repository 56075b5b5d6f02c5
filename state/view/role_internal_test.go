package view

import (
	"slices"
	"testing"
	"time"

	"muster/state"
)

// TestTenures: who is said twice to hold a role has one row, from the earlier time, unless another
// held it until after that.
func TestTenures(t *testing.T) {
	at := func(minute int) time.Time { return time.Date(2026, 11, 24, 2, minute, 0, 0, time.UTC) }
	for name, c := range map[string]struct{ given, want []Change }{
		"an answer, then taken": {[]Change{{To: "Ada", At: at(5), Seq: 3}, {To: "ada", At: at(9), Seq: 4}}, []Change{{To: "Ada", At: at(5), Seq: 3}}},
		"taken, then told":      {[]Change{{To: "Ada", At: at(9), Seq: 3}, {To: "Ada", At: at(5), Seq: 4}}, []Change{{To: "Ada", At: at(5), Seq: 4}}},
		"another held it": {[]Change{{To: "Ada", At: at(5), Seq: 3}, {To: "Ben", At: at(9), Seq: 4}, {To: "Ben", At: at(2), Seq: 5}},
			[]Change{{To: "Ada", At: at(5), Seq: 3}, {To: "Ben", At: at(9), Seq: 4}}},
		"back again": {[]Change{{To: "Ada", At: at(5), Seq: 3}, {To: "Ben", At: at(9), Seq: 4}, {To: "Ada", At: at(12), Seq: 5}},
			[]Change{{To: "Ada", At: at(5), Seq: 3}, {To: "Ben", At: at(9), Seq: 4}, {To: "Ada", At: at(12), Seq: 5}}},
		"withheld": {[]Change{{To: state.WithheldText, At: at(5), Seq: 3}, {To: state.WithheldText, At: at(9), Seq: 4}},
			[]Change{{To: state.WithheldText, At: at(5), Seq: 3}, {To: state.WithheldText, At: at(9), Seq: 4}}},
	} {
		if got := tenures(c.given); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
