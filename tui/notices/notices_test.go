package notices

import "testing"

func TestFreeID(t *testing.T) {
	if got := freeID("Thank you: all!", func(id string) bool { return id == "thank-you-all" }); got != "thank-you-all-2" {
		t.Errorf("%q", got)
	}
	if got := freeID("Спасибо", func(string) bool { return false }); got != "notice" {
		t.Errorf("%q", got)
	}
}
