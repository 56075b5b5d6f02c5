package state

// KindSitrepIssued is the kind of [SitrepIssued].
const KindSitrepIssued Kind = "sitrep.issued"

// SitrepIssued records that a situation report went out.
type SitrepIssued struct {
	To     string `json:"to" part:"names"`
	SHA256 Hash   `json:"sha256" part:"names"` // of its Markdown text
}

// Kind is KindSitrepIssued.
func (*SitrepIssued) Kind() Kind { return KindSitrepIssued }

// IssueSitrep makes sitrep.issued.
type IssueSitrep SitrepIssued

func (IssueSitrep) kind() Kind { return KindSitrepIssued }

func (c IssueSitrep) decide(d *decision) Data {
	d.text("to", "the recipient", c.To, MaxTitle)
	data := SitrepIssued(c)
	return &data
}

func (*SitrepIssued) effect(inc *Incident, e *Entry) { inc.Sitrep = e.Seq }

func (data *SitrepIssued) describe(*Incident, Entry) string {
	return "issued a sitrep" + sayTo(data.To)
}
