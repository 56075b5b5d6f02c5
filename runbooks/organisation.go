package runbooks

import (
	"bytes"
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// OrganisationFile is the name of the organisation's file, beside config.toml.
const OrganisationFile = "organisation.toml"

// An Organisation is whose incidents they are: what it runs, whom it calls, who
// works in it, and the standing facts that authorities ask for. Runbooks are
// procedures; the organisation is what they are about. It is one TOML file, read as
// strictly as a runbook:
//
//	name = "Example Shipping"
//	[[service]]                       # as in a runbook
//	id    = "booking"
//	title = "Booking system"
//	tier  = 1
//	[[contact]]                       # as in a runbook
//	id    = "cert"
//	title = "National CERT"
//	reach = ["tel:+44 20 7946 0000"]
//	[[person]]
//	name  = "Ada Lovelace"
//	roles = ["commander", "deputy"]   # the ids of roles that the runbooks have
//	reach = ["tel:+44 20 7946 0001"]
//	keys  = ["ssh-ed25519 AAAA… ada"] # lines of an authorized_keys file
//	[facts]
//	lei = "529900T8BM49AURSDO55"
//
// A service or contact of a runbook that has the id of one of the organisation's is
// that of the organisation.
type Organisation struct {
	Schema   int    // always 1
	Name     string // as the public knows it; not empty
	Services []Service
	Contacts []Contact
	People   []Person
	Facts    Facts
}

// A Person is somebody who may act in an incident.
type Person struct {
	Name  string   `json:"name"`            // not empty; no two people have the same, see [SameName]
	Roles []string `json:"roles,omitempty"` // ids of roles, as runbooks have them, in order of preference
	Reach []string `json:"reach,omitempty"` // as a contact's
	Keys  []string `json:"keys,omitempty"`  // SSH public keys, as lines of an authorized_keys file
}

// Facts are what forms ask for and what no incident changes. "" is not known.
type Facts struct {
	LegalName    string   `toml:"legal_name" json:"legal_name,omitempty"`
	LEI          string   `toml:"lei" json:"lei,omitempty"` // ISO 17442, 20 characters
	Sector       string   `toml:"sector" json:"sector,omitempty"`
	Address      string   `toml:"address" json:"address,omitempty"`
	Country      string   `toml:"country" json:"country,omitempty"`             // ISO 3166-1, two letters
	MemberStates []string `toml:"member_states" json:"member_states,omitempty"` // where it works, ISO 3166-1, two letters each
	Authority    string   `toml:"authority" json:"authority,omitempty"`         // the data protection authority
	CSIRT        string   `toml:"csirt" json:"csirt,omitempty"`                 // to whom NIS2 reports go
	Supervisor   string   `toml:"supervisor" json:"supervisor,omitempty"`       // to whom DORA reports go
	DPO          string   `toml:"dpo" json:"dpo,omitempty"`                     // name and contact of the data protection officer
	Parent       string   `toml:"parent" json:"parent,omitempty"`
	ParentLEI    string   `toml:"parent_lei" json:"parent_lei,omitempty"` // as LEI
	Currency     string   `toml:"currency" json:"currency,omitempty"`     // of reports, ISO 4217

	// Whom an authority asks, and who else: a name, and how to reach them.
	Contact      string `toml:"contact" json:"contact,omitempty"`
	ContactEmail string `toml:"contact_email" json:"contact_email,omitempty"`
	ContactPhone string `toml:"contact_phone" json:"contact_phone,omitempty"`
	Second       string `toml:"second_contact" json:"second_contact,omitempty"`
	SecondEmail  string `toml:"second_email" json:"second_email,omitempty"`
	SecondPhone  string `toml:"second_phone" json:"second_phone,omitempty"`

	EntityTypes []string `toml:"entity_types" json:"entity_types,omitempty"` // what it is by DORA, in the words of its reports
}

type fileOrganisation struct {
	At       Place
	Schema   *int          `toml:"schema"`
	Name     string        `toml:"name"`
	Services []fileService `toml:"service"`
	Contacts []fileContact `toml:"contact"`
	People   []filePerson  `toml:"person"`
	Facts    fileFacts     `toml:"facts"`
}

type filePerson struct {
	At    Place
	Name  string   `toml:"name"`
	Roles []string `toml:"roles"`
	Reach []string `toml:"reach"`
	Keys  []string `toml:"keys"`
}

type fileFacts struct {
	At Place
	Facts
}

// ParseOrganisation reads an organisation's file. All problems are reported at
// once; if one of them is an Error, the organisation is nil.
func ParseOrganisation(name string, data []byte) (*Organisation, Problems) {
	var file fileOrganisation
	problems := DecodeStrict(name, data, &file)
	if file.At.node == nil { // not TOML at all
		return nil, problems
	}
	org := &Organisation{
		Schema: or(file.Schema, Schema), Name: file.Name, Services: convertAll(file.Services, convertService),
		Contacts: convertAll(file.Contacts, convertContact), People: convertAll(file.People, convertPerson), Facts: file.Facts.Facts,
	}
	lintOrganisation(&file, org, &problems)
	problems = problems.sorted()
	if problems.HasErrors() {
		return nil, problems
	}
	return org, problems
}

func convertPerson(f *filePerson) Person { return Person{oneLine(f.Name), f.Roles, f.Reach, f.Keys} }

// lintOrganisation looks at services and contacts as a runbook's are looked at.
func lintOrganisation(file *fileOrganisation, org *Organisation, out *Problems) {
	l := newLinter(&fileRunbook{At: file.At, Services: file.Services, Contacts: file.Contacts},
		&Runbook{Services: org.Services, Contacts: org.Contacts}, out)
	lintSchema(l, file.At, org.Schema)
	if strings.TrimSpace(org.Name) == "" {
		l.wrong(file.At, "name", "no name", `add name = "…", as the public knows the organisation`)
	}
	l.line(file.At, "name", org.Name, maxTitle)
	l.lists(file.At, []listSize{{"service", len(org.Services)}, {"contact", len(org.Contacts)}, {"person", len(org.People)}})
	l.declareAll()
	l.serviceTables()
	l.otherTables()
	l.people(file.People, org.People)
	l.facts(file.Facts)
	l.cycles()
}

// maxPerson is how long a person's name may be, in bytes, as in the log.
const maxPerson = 100

func (l *linter) people(files []filePerson, people []Person) {
	lines := make(map[string]int)
	for i, f := range files {
		p := &people[i]
		switch first, taken := lines[foldName(p.Name)]; {
		case p.Name == "" || !nameable(f.Name):
			l.wrong(f.At, "name", "no name that can be read", `add name = "…"`)
		case len(p.Name) > maxPerson:
			l.wrong(f.At, "name", fmt.Sprintf("the name is %d bytes long", len(p.Name)), fmt.Sprintf("at most %d", maxPerson))
		case taken:
			l.wrong(f.At, "name", fmt.Sprintf("%s stands in line %d already", quote(p.Name), first), "add what tells the two apart: nobody could say later which one acted")
		default:
			lines[foldName(p.Name)] = f.At.Line("name")
		}
		for j, role := range p.Roles {
			if !validID(role) {
				l.wrongItem(f.At, "roles", j, quote(role)+" is no role's id", "write it as the runbooks do: commander, scribe, operations …")
			}
		}
		l.lines(f.At, "roles", p.Roles)
		l.lines(f.At, "reach", p.Reach)
		l.lists(f.At, []listSize{{"keys", len(p.Keys)}})
		for j, key := range p.Keys {
			if kind, _, ok := strings.Cut(strings.TrimSpace(key), " "); !ok || !strings.Contains(kind, "-") || len(key) > 16<<10 {
				l.wrongItem(f.At, "keys", j, quote(key)+" is no SSH public key", "paste the line of the .pub file")
			}
		}
	}
}

// facts checks what has a form that can be checked.
func (l *linter) facts(f fileFacts) {
	for _, t := range []struct{ key, text string }{
		{"legal_name", f.LegalName}, {"sector", f.Sector}, {"address", f.Address}, {"authority", f.Authority},
		{"csirt", f.CSIRT}, {"supervisor", f.Supervisor}, {"dpo", f.DPO}, {"parent", f.Parent}, {"contact", f.Contact}, {"second_contact", f.Second},
	} {
		l.line(f.At, t.key, t.text, maxLine)
	}
	for _, t := range []struct {
		key, text string
		size      int
		such      string
	}{
		{"lei", f.LEI, 20, "529900T8BM49AURSDO55"}, {"parent_lei", f.ParentLEI, 20, "529900T8BM49AURSDO55"},
		{"country", f.Country, 2, "FR"}, {"currency", f.Currency, 3, "EUR"},
	} {
		if t.text != "" && !capitals(t.text, t.size) {
			l.wrong(f.At, t.key, fmt.Sprintf("%s is not %d capital letters or digits", quote(t.text), t.size), "such as "+t.such)
		}
	}
	l.reachable(f)
	l.lists(f.At, []listSize{{"member_states", len(f.MemberStates)}, {"entity_types", len(f.EntityTypes)}})
	for i, kind := range f.EntityTypes {
		if !slices.Contains(entityTypes, kind) {
			l.wrongItem(f.At, "entity_types", i, quote(kind)+" is no type of financial entity", l.mean(kind, entityTypes, "the form dora-initial lists them"))
		}
	}
	for i, country := range f.MemberStates {
		if !capitals(country, 2) {
			l.wrongItem(f.At, "member_states", i, quote(country)+" is not a country's two capital letters", "such as FR")
		}
	}
}

// reachable checks how whom an authority asks can be reached.
func (l *linter) reachable(f fileFacts) {
	for _, t := range []struct{ key, text string }{{"contact_email", f.ContactEmail}, {"second_email", f.SecondEmail}} {
		l.line(f.At, t.key, t.text, maxTitle)
		if name, host, _ := strings.Cut(t.text, "@"); t.text != "" && (name == "" || host == "" || strings.ContainsAny(t.text, " <>")) {
			l.wrong(f.At, t.key, quote(t.text)+" is not an address of mail", "such as desk@example.org")
		}
	}
	for _, t := range []struct{ key, text string }{{"contact_phone", f.ContactPhone}, {"second_phone", f.SecondPhone}} {
		if t.text != "" && !phoneForm.MatchString(t.text) {
			l.wrong(f.At, t.key, quote(t.text)+" is not a telephone number", "such as +44 20 7946 0000")
		}
	}
}

// phoneForm is how reports take a telephone number.
var phoneForm = regexp.MustCompile(`^\+?[1-9]\d{1,14}(\s?\(\d+\))?([-\s.]?\d+)*$`)

// entityTypes are what a financial entity can be by DORA, in the words of its reports.
var entityTypes = []string{
	"credit_institution", "payment_institution", "exempted_payment_institution", "account_information_service_provider", "electronic_money_institution",
	"exempted_electronic_money_institution", "investment_firm", "crypto-asset_service_provider", "issuer_of_asset-referenced_tokens", "central_securities_depository",
	"central_counterparty", "trading_venue", "trade_repository", "manager_of_alternative_investment_fund", "management_company", "data_reporting_service_provider",
	"insurance_and_reinsurance_undertaking", "insurance_intermediary_reinsurance_intermediary_and_ancillary_insurance_intermediary",
	"institution_for_occupational_retirement_provision", "credit_rating_agency", "administrator_of_critical_benchmarks", "crowdfunding_service_provider",
	"securitisation_repository",
}

// capitals reports whether text is size capital letters or digits.
func capitals(text string, size int) bool {
	return len(text) == size && !strings.ContainsFunc(text, func(r rune) bool { return (r < 'A' || r > 'Z') && (r < '0' || r > '9') })
}

// SameName reports whether two names are one person's: case and the spaces between
// words tell nobody apart. An empty name is nobody's.
func SameName(a, b string) bool {
	a, b = foldName(a), foldName(b)
	return a == b && a != ""
}

// foldName is what two spellings of one name have in common.
func foldName(name string) string {
	return strings.Map(func(r rune) rune { return unicode.ToLower(unicode.ToUpper(r)) }, oneLine(name))
}

// nameable reports whether a name has something to read: control and format
// characters alone name nobody.
func nameable(name string) bool {
	return utf8.ValidString(name) && !strings.ContainsFunc(name, unicode.IsControl) && strings.ContainsFunc(name, unicode.IsGraphic)
}

//go:embed organisation.toml
var organisationStarter []byte

// NewOrganisation writes an organisation's file to start from, with a comment for
// every part: services by their titles, contacts as TITLE=WAY, people by their names.
// It has no problems but those of a name that is too long or stands twice.
func NewOrganisation(name string, services, contacts, people []string) []byte {
	if name = plainLine(name); name == "" {
		name = "Our organisation"
	}
	var tables [3]strings.Builder
	names := newNamer()
	for i, title := range services {
		if title = plainLine(title); title != "" {
			tier := min(i/3+1, 5)
			fmt.Fprintf(&tables[0], "[[service]]\nid    = %s\ntitle = %s\ntier  = %d\n\n", basicString(names.name(title, "service")), basicString(title), tier)
		}
	}
	names = newNamer()
	for _, contact := range contacts {
		title, reach, _ := strings.Cut(plainLine(contact), "=")
		if title == "" {
			continue
		}
		ways := "[]"
		if reach = strings.TrimSpace(reach); reach != "" {
			ways = "[" + basicString(reach) + "]"
		}
		fmt.Fprintf(&tables[1], "[[contact]]\nid    = %s\ntitle = %s\nreach = %s\n\n", basicString(names.name(title, "contact")), basicString(title), ways)
	}
	for _, person := range people {
		if person = plainLine(person); person != "" {
			fmt.Fprintf(&tables[2], "[[person]]\nname = %s\n\n", basicString(person))
		}
	}
	text := bytes.ReplaceAll(organisationStarter, []byte("«name»"), []byte(basicString(name)))
	for i, mark := range []string{"«services»\n", "«contacts»\n", "«people»\n"} {
		text = bytes.ReplaceAll(text, []byte(mark), []byte(tables[i].String()))
	}
	return text
}

// plainLine is a text as it may stand in a title.
func plainLine(text string) string { return strings.TrimSpace(strings.Map(plainRune, text)) }
