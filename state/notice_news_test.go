package state_test

import (
	"slices"
	"testing"
)

// TestTheNextTextIsToldWhatHasChanged: what the last text says and is so no more stands
// beside the next one, and what drops out of it is seen.
func TestTheNextTextIsToldWhatHasChanged(t *testing.T) {
	l := newLedger(t, allOf)
	l.set("web=affected files=affected")
	l.say("some", "web=affected files=affected")
	n := l.inc.Notice("some")
	if news := n.News(l.inc, n.Last()); len(news) > 0 {
		t.Errorf("nothing has changed: %q", news)
	}
	l.set("web=restored web=verified mail=suspect")
	n = l.inc.Notice("some")
	want := []string{"it says that Web is affected, and it is known to be verified", "Mail is suspect, and is not named"}
	if news := n.News(l.inc, n.Last()); !slices.Equal(news, want) {
		t.Errorf("%q, want %q", news, want)
	}
	text, claims := n.Draft(l.inc)
	if dropped := n.Dropped(l.inc, text, claims); len(dropped) > 0 {
		t.Errorf("%q names all: %q dropped", text, dropped)
	}
	if dropped := n.Dropped(l.inc, "The files are not back.", nil); !slices.Equal(dropped, []string{"web"}) {
		t.Errorf("dropped: %q", dropped)
	}
	l.tell("some", "files=affected")
	if n = l.inc.Notice("some"); !slices.Equal(n.Dropped(l.inc, n.Last().Text, n.Last().Claims), []string{"web"}) {
		t.Error("it was named in what was sent")
	}
}

// TestWhatIsWellNeedsNoSecondWord: what a text called well without naming it, and is back, is
// not asked about; what is not back is.
func TestWhatIsWellNeedsNoSecondWord(t *testing.T) {
	l := newLedger(t, allOf)
	l.set("web=affected web=restored web=verified mail=unaffected files=unaffected")
	l.say("some", "web=verified mail=unaffected files=unaffected")
	n := l.inc.Notice("some")
	if dropped := n.Dropped(l.inc, "All is well.", nil); len(dropped) > 0 {
		t.Errorf("all are back: %q", dropped)
	}
	l.set("mail=suspect")
	if dropped := n.Dropped(l.inc, "All is well.", nil); !slices.Equal(dropped, []string{"mail"}) {
		t.Errorf("mail was called well and is suspect: %q", dropped)
	}
}
