package state

import (
	"bytes"
	"slices"

	"muster/runbooks"
)

// Withhold takes parts out of a line; see [line.Format.Withhold]. With the names goes a
// runbook that says whom to reach. One that does not stays: what was done can be read
// without knowing by whom.
func Withhold(text []byte, parts Parts) ([]byte, Parts, error) {
	if parts.Has(Names) && reaches(text) {
		parts |= PartsOf(Procedure)
	}
	return format.Withhold(text, parts)
}

// reaches reports whether the runbook's part of a line says how to reach somebody.
func reaches(text []byte) bool {
	if !bytes.Contains(text, []byte(`"runbook":{"salt":`)) {
		return false // most lines have none
	}
	e, err := format.Decode(text)
	if err != nil {
		return true // the line is refused by who takes it apart
	}
	switch data := e.Data.(type) {
	case *IncidentOpened:
		f := &data.Organisation.Facts
		return data.Runbook.reaches() || f.DPO+f.Contact+f.ContactEmail+f.ContactPhone+f.Second+f.SecondEmail+f.SecondPhone != ""
	case *RunbookAttached:
		return data.Runbook.reaches()
	}
	return false
}

func (d *Document) reaches() bool {
	book, problems := runbooks.Parse(d.ID+".toml", []byte(d.Text))
	return problems.Err() != nil || slices.ContainsFunc(book.Contacts, func(c runbooks.Contact) bool { return len(c.Reach) > 0 })
}
