package state

import (
	"fmt"
	"slices"
	"strings"
)

// KindSitrepIssued is the kind of [SitrepIssued].
const KindSitrepIssued Kind = "sitrep.issued"

// MaxSitrep is how long a situation report that is kept in the log can be, in bytes.
const MaxSitrep = 24 << 10

// SitrepIssued records that a situation report went out, with its text as it left.
type SitrepIssued struct {
	To     string `json:"to" part:"names"`
	SHA256 Hash   `json:"sha256" part:"names"` // of the text; of the Markdown where no text was kept
	Text   string `json:"text,omitempty" part:"notes"`
	// Handover is the role whose new holder was given it. It is told between two people,
	// so that the next report to others begins where the last one to them ended.
	Handover string `json:"handover,omitempty"`
}

// Kind is KindSitrepIssued.
func (*SitrepIssued) Kind() Kind { return KindSitrepIssued }

// IssueSitrep makes sitrep.issued, with the hash of its text.
type IssueSitrep struct{ To, Text, Handover string }

func (IssueSitrep) kind() Kind { return KindSitrepIssued }

func (c IssueSitrep) decide(d *decision) Data {
	d.text("to", "the recipient", c.To, MaxTitle)
	d.need("text", "the sitrep", c.Text, MaxSitrep)
	if c.Handover != "" && d.inc.Role(c.Handover) == nil {
		return d.none(NounRole, c.Handover)
	}
	return &SitrepIssued{To: c.To, SHA256: Sum([]byte(c.Text)), Text: c.Text, Handover: c.Handover}
}

func (data *SitrepIssued) effect(inc *Incident, e *Entry) {
	inc.Sitreps = append(slices.Clip(inc.Sitreps), e.Seq)
	if data.Handover == "" {
		inc.Sitrep = e.Seq
	}
}

func (data *SitrepIssued) describe(inc *Incident, _ Entry) string {
	if role := inc.Role(data.Handover); role != nil {
		return fmt.Sprintf("sitrep for %s, who took %s", orNobody(data.To), role.Def.Title)
	}
	return "issued a sitrep" + sayTo(data.To)
}

func (data *SitrepIssued) contradicts(_ *Incident, e *Entry) string {
	if data.Text == "" || e.Withheld.Has(Names) || e.Withheld.Has(Notes) {
		return ""
	}
	return notItsHash("the sitrep", data.Text, data.SHA256)
}

// IssuedSitrep is the sitrep that an entry issued, or the last one for 0, and the entry.
// It refuses if there is none, and if its text is not there to be read.
func IssuedSitrep(inc *Incident, seq uint64) (*SitrepIssued, Entry, error) {
	if len(inc.Sitreps) == 0 {
		return nil, Entry{}, &Refusal{Reason: NotFound, Text: "No sitrep was issued.", Hint: "Issue one.", Acts: []Act{{Deed: DeedIssueSitrep}}}
	}
	if seq == 0 {
		seq = inc.Sitreps[len(inc.Sitreps)-1]
	}
	e, _ := inc.Entry(seq)
	data, ok := e.Data.(*SitrepIssued)
	switch {
	case !ok:
		return nil, e, &Refusal{Reason: NotFound, Text: fmt.Sprintf("Entry %d issued no sitrep.", seq), Hint: "These did: " + strings.Trim(fmt.Sprint(inc.Sitreps), "[]") + "."}
	case e.Withheld.Has(Notes):
		return nil, e, &Refusal{Reason: NotFound, Text: fmt.Sprintf("The text of the sitrep that entry %d issued is withheld from this copy of the log.", seq)}
	case data.Text == "":
		return nil, e, &Refusal{Reason: NotFound, Text: fmt.Sprintf("Entry %d issued a sitrep, and its text was not kept: the log has the hash of its Markdown.", seq),
			Hint: "Hold what was handed out against the hash " + data.SHA256.String() + "."}
	}
	return data, e, nil
}
