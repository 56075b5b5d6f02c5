package runbooks

import (
	"strings"
	"testing"
)

const exampleOrganisation = `schema = 1
name = "Example Shipping"
[[service]]
id = "booking"
title = "Booking system"
tier = 1
depends_on = ["database"]
[[service]]
id = "database"
[[contact]]
id = "cert"
title = "National CERT"
reach = ["tel:+44 20 7946 0000"]
[[person]]
name = "Ada  Lovelace"
roles = ["commander"]
keys = ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGLc ada"]
[[person]]
name = "Ben"
[facts]
lei = "529900T8BM49AURSDO55"
member_states = ["FR", "DE"]
`

func TestOrganisation(t *testing.T) {
	org, problems := ParseOrganisation("organisation.toml", []byte(exampleOrganisation))
	if len(problems) > 0 || org == nil {
		t.Fatal(problems)
	}
	if org.Name != "Example Shipping" || len(org.Services) != 2 || org.Services[1].Title != "database" || org.Services[1].Tier != 3 {
		t.Errorf("%+v", org)
	}
	if len(org.People) != 2 || org.People[0].Name != "Ada Lovelace" || org.People[0].Roles[0] != "commander" {
		t.Errorf("the people are %+v", org.People)
	}
	if org.Facts.LEI != "529900T8BM49AURSDO55" || len(org.Facts.MemberStates) != 2 {
		t.Errorf("%+v", org.Facts)
	}
}

// TestOrganisationProblems: each mistake is named, in its line, with what to do.
func TestOrganisationProblems(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{`name = "Example Shipping"`, ``, "no name"},
		{`depends_on = ["database"]`, `depends_on = ["booking"]`, "depends on itself"},
		{`depends_on = ["database"]`, `depends_on = ["databas"]`, "database"},
		{`name = "Ben"`, `name = "ADA lovelace"`, "stands in line 15 already"},
		{`name = "Ben"`, `name = "\u0007\u001b"`, "no name that can be read"},
		{`name = "Ben"`, `name = "` + strings.Repeat("b", 101) + `"`, "at most 100"},
		{`name = "Ben"`, `nam = "Ben"`, "name"},
		{`roles = ["commander"]`, `roles = ["Incident commander"]`, "no role's id"},
		{`"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGLc ada"`, `"AAAA"`, "no SSH public key"},
		{`lei = "529900T8BM49AURSDO55"`, `lei = "5299"`, "20 capital letters or digits"},
		{`["FR", "DE"]`, `["FR", "Germany"]`, "two capital letters"},
		{`schema = 1`, `schema = 2`, "schema 2 is not known"},
		{`[facts]`, `[fact]`, "facts"},
	} {
		text := strings.Replace(exampleOrganisation, c.from, c.to, 1)
		org, problems := ParseOrganisation("organisation.toml", []byte(text))
		if org != nil || !problems.HasErrors() || !strings.Contains(problems.Err().Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.to, problems.Err(), c.want)
		}
	}
}

// TestManyPeople: a hundred people are no problem.
func TestManyPeople(t *testing.T) {
	var text strings.Builder
	text.WriteString("name = \"Many\"\n")
	for i := range 100 {
		text.WriteString("[[person]]\nname = \"Person " + strings.Repeat("i", i%50+1) + strings.Repeat("x", i/50) + "\"\n")
	}
	org, problems := ParseOrganisation("organisation.toml", []byte(text.String()))
	if len(problems) > 0 || len(org.People) != 100 {
		t.Error(problems)
	}
}

func TestNewOrganisation(t *testing.T) {
	for _, name := range []string{"Example", `A "quoted" \ name`, "", "bell\a"} {
		org, problems := ParseOrganisation("organisation.toml", NewOrganisation(name, nil, nil, nil))
		if len(problems) > 0 || org == nil || org.Name == "" || strings.Contains(org.Name, "\a") {
			t.Errorf("%q: %v, %+v", name, problems, org)
		}
	}
	text := NewOrganisation("Example", []string{"Booking", "Booking", "Größe", "\x1b[2J"}, []string{"National CERT=tel:+1", "Nobody", "="}, []string{"Ada", " Ben "})
	org, problems := ParseOrganisation("organisation.toml", text)
	if len(problems) > 0 || org == nil {
		t.Fatalf("%v\n%s", problems, text)
	}
	if len(org.Services) != 4 || org.Services[0].ID != "booking" || org.Services[1].ID == "booking" || org.Services[3].Tier != 2 {
		t.Errorf("services: %+v", org.Services)
	}
	if len(org.Contacts) != 2 || org.Contacts[0].Reach[0] != "tel:+1" || len(org.Contacts[1].Reach) != 0 {
		t.Errorf("contacts: %+v", org.Contacts)
	}
	if len(org.People) != 2 || org.People[1].Name != "Ben" {
		t.Errorf("people: %+v", org.People)
	}
}

func TestSameName(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"Ada", "ada", true}, {"Ada", " ADA ", true}, {"Ada  Lovelace", "ada lovelace", true}, {"Søren", "SØREN", true},
		{"ΣΊΣΥΦΟΣ", "σίσυφος", true}, {"Ada", "Adam", false}, {"", "", false}, {" ", "", false},
	} {
		if SameName(c.a, c.b) != c.same {
			t.Errorf("%q and %q", c.a, c.b)
		}
	}
}

func FuzzOrganisation(f *testing.F) {
	f.Add([]byte(exampleOrganisation))
	f.Add(NewOrganisation("x", []string{"y"}, nil, nil))
	f.Fuzz(func(t *testing.T, data []byte) {
		org, problems := ParseOrganisation("organisation.toml", data)
		if (org == nil) != problems.HasErrors() {
			t.Fatalf("%v with %+v", problems, org)
		}
		if org != nil && strings.TrimSpace(org.Name) == "" {
			t.Fatal("an organisation without a name")
		}
	})
}

// TestLongestName: a person's name may have as many bytes as in the log.
func TestLongestName(t *testing.T) {
	text := strings.Replace(exampleOrganisation, `name = "Ben"`, `name = "`+strings.Repeat("b", maxPerson)+`"`, 1)
	if org, problems := ParseOrganisation("organisation.toml", []byte(text)); org == nil {
		t.Error(problems)
	}
}
