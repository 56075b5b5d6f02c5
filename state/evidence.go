package state

import "fmt"

// KindEvidenceAdded is the kind of [EvidenceAdded].
const KindEvidenceAdded Kind = "evidence.added"

// EvidenceAdded records a file copied beside the log.
type EvidenceAdded struct {
	Step   string `json:"step,omitempty"`
	Name   string `json:"name" part:"evidence"` // the file's base name
	SHA256 Hash   `json:"sha256" part:"evidence"`
	Size   int64  `json:"size" part:"evidence"` // bytes
	Note   string `json:"note,omitempty" part:"notes" text:"amend"`
}

// Kind is KindEvidenceAdded.
func (*EvidenceAdded) Kind() Kind { return KindEvidenceAdded }

// beside is the step that it belongs to; "" if to none. It does nothing to the step, so
// that the step's role is not the role in which a person writes it.
func (data *EvidenceAdded) beside() string { return data.Step }

// FilesOf are the files that an entry records, as they were kept beside the log; none if
// that is withheld. An entry of such a kind has them as [Check] reads it, too.
func FilesOf(e Entry) []Kept {
	if e.Withheld.Has(Evidence) {
		return nil
	}
	switch data := e.Data.(type) {
	case *EvidenceAdded:
		return []Kept{{Name: data.Name, SHA256: data.SHA256, Size: data.Size}}
	case *InjectDelivered:
		return data.Files
	case *LogStamped:
		return []Kept{{Name: data.Name, SHA256: data.SHA256, Size: data.Size}}
	}
	return nil
}

// RecordsFiles reports whether entries of kind may record files beside the log.
func RecordsFiles(kind Kind) bool {
	return kind == KindEvidenceAdded || kind == KindInjectDelivered || kind == KindLogStamped
}

// AddEvidence makes evidence.added; the file was put beside the log before.
type AddEvidence EvidenceAdded

func (AddEvidence) kind() Kind { return KindEvidenceAdded }

func (c AddEvidence) decide(d *decision) Data {
	d.need("name", "the file's name", c.Name, MaxTitle)
	d.text("note", "the note", c.Note, MaxText)
	if c.Step != "" && d.find(c.Step) == nil {
		return nil
	}
	if c.SHA256.IsZero() || c.Size < 0 {
		return d.refuse(Refusal{Reason: Missing, Text: "The file's hash is missing."})
	}
	data := EvidenceAdded(c)
	return &data
}

func (data *EvidenceAdded) effect(inc *Incident, e *Entry) {
	if s := inc.about(e, data.Step); s != nil {
		s.Files = append(s.Files, File{Name: data.Name, SHA256: data.SHA256, Size: data.Size, Note: data.Note})
	}
}

func (data *EvidenceAdded) describe(inc *Incident, e Entry) string {
	text := fmt.Sprintf("evidence %q, %d bytes, sha256 %.12s…", data.Name, data.Size, data.SHA256)
	if e.Withheld.Has(Evidence) {
		text = "evidence " + WithheldText
	}
	if data.Step != "" {
		text += " for " + stepName(inc, data.Step)
	}
	return text + said(data.Note)
}
