package runbooks

import "testing"

// TestReread: what Parse would refuse today is still a runbook with its steps.
func TestReread(t *testing.T) {
	text := "title = \"Old\"\ncolour = \"red\"\n[[phase]]\ntitle = \"P\"\n[[phase.step]]\ntitle = \"S\"\nneeds = [\"gone\"]\nkind = \"ritual\"\n"
	if book, problems := Parse("old.toml", []byte(text)); book != nil || !problems.HasErrors() {
		t.Fatal("this text should have problems")
	}
	book := Reread("old.toml", []byte(text))
	if book == nil || book.Title != "Old" || len(book.Phases) != 1 || book.Phases[0].Steps[0].Title != "S" {
		t.Fatalf("%+v", book)
	}
	if Reread("old.toml", []byte("title = ")) != nil {
		t.Error("a text that is not TOML became a runbook")
	}
	good := []byte("title = \"New\"\n[[phase]]\ntitle = \"P\"\n[[phase.step]]\ntitle = \"S\"\n")
	parsed, _ := Parse("new.toml", good)
	if again := Reread("new.toml", good); again == nil || again.Phases[0].Steps[0].ID != parsed.Phases[0].Steps[0].ID {
		t.Error("Reread and Parse differ on a good runbook")
	}
}
