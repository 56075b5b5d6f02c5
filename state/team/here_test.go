package team

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func names(cards []Card) string {
	var list []string
	for _, c := range cards {
		text := c.Name
		if c.Step != "" {
			text += "@" + c.Step
		}
		if c.Lost {
			text += " lost"
		}
		if c.Own {
			text += " self"
		}
		list = append(list, text)
	}
	return strings.Join(list, ", ")
}

// TestHere: who came and where they are is seen by all; who said goodbye is gone; who was
// cut off is told from that, until they are back or an hour is over.
func TestHere(t *testing.T) {
	f, c := newFolder(t)
	see := func(self *Presence, want string) {
		t.Helper()
		got, err := f.Here(self)
		if err != nil || names(got) != want {
			t.Errorf("here are %q %v, want %q", names(got), err, want)
		}
	}
	see(nil, "")
	arrive := func(name string) *Presence {
		t.Helper()
		p, err := f.Arrive(Card{Name: name})
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	ada, ben := arrive("Ada"), arrive("Ben")
	if err := ben.Move("2026-11-29-brave-elm", "run", "1.4"); err != nil {
		t.Fatal(err)
	}
	see(ada, "Ada self, Ben@1.4")
	if err := ben.Move("x", "run", ""); err != nil { // a shorter card leaves nothing of the longer
		t.Fatal(err)
	}
	see(ben, "Ada, Ben self")
	if err := ada.Leave(); err != nil {
		t.Fatal(err)
	}
	see(nil, "Ben")
	if err := ben.Drop(); err != nil {
		t.Fatal(err)
	}
	see(nil, "Ben lost")
	again := arrive("Ben")
	if again.Was.Incident != "x" {
		t.Errorf("back, they were at %+v", again.Was)
	}
	see(nil, "Ben")
	if err := again.Leave(); err != nil {
		t.Fatal(err)
	}
	see(nil, "")
	if err := arrive("Eve").Drop(); err != nil {
		t.Fatal(err)
	}
	see(nil, "Eve lost")
	c.now = c.now.Add(lostFor + time.Second)
	see(nil, "")
}

// TestCrowd: fifty who ask within a moment read the cards once, each finds their own marked,
// and who comes is seen as soon as what is known is too old.
func TestCrowd(t *testing.T) {
	f, c := newFolder(t)
	crowd := &Crowd{Folder: f, Age: time.Second}
	var all []*Presence
	for i := range 50 {
		p, err := f.Arrive(Card{Name: fmt.Sprintf("P%02d", i)})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = p.Leave() })
		all = append(all, p)
	}
	for i, p := range all {
		cards, err := crowd.Here(p)
		if err != nil || len(cards) != len(all) {
			t.Fatal(len(cards), err)
		}
		for j, card := range cards {
			if card.Own != (i == j) {
				t.Errorf("%s is told that %s is their own: %v", all[i].card.Name, card.Name, card.Own)
			}
		}
	}
	late, err := f.Arrive(Card{Name: "Z"})
	if err != nil {
		t.Fatal(err)
	}
	if cards, _ := crowd.Here(late); len(cards) != 50 {
		t.Errorf("the cards are read again: %d", len(cards))
	}
	c.now = c.now.Add(time.Second)
	if cards, _ := crowd.Here(late); len(cards) != 51 || !cards[50].Own {
		t.Errorf("who came later is not seen: %d", len(cards))
	}
	_ = late.Leave()
}
