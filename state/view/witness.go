package view

import (
	"time"

	"muster/state"
	"muster/state/sorted"
)

// A Witness is somebody who was told a head, signed it or stamped it, by the log's own word. That
// proves nothing: it says whom to ask for what was written down or signed.
type Witness struct {
	Witness     string     `json:"witness,omitempty" doc:"who was told; a signature has none"`
	How         string     `json:"how,omitempty" doc:"by which way"`
	Fingerprint string     `json:"fingerprint,omitempty" doc:"of the key that signed; a witness has none"`
	Authority   string     `json:"authority,omitempty" doc:"which stamped it, by its own word; a witness has none"`
	Stamped     *time.Time `json:"stamped_at,omitempty" doc:"by the authority's clock"`
	Head        state.Hash `json:"head"`
	Code        string     `json:"code"`
	Entry       uint64     `json:"entry" doc:"up to which the head goes"`
	At          time.Time  `json:"at"`
	By          string     `json:"by" doc:"who says so"`
	Seq         uint64     `json:"seq" doc:"the entry that says so"`
}

func vouchers(inc *state.Incident) []Witness {
	list := make([]Witness, 0, len(inc.Witnesses)+len(inc.Signatures)+len(inc.Stamps))
	for _, w := range inc.Witnesses {
		list = append(list, Witness{Witness: w.Witness, How: w.How, Head: w.Head, Code: w.Head.Code(), Entry: w.Entry, At: w.When.UTC(), By: w.By, Seq: w.Seq})
	}
	for _, s := range inc.Signatures {
		list = append(list, Witness{Fingerprint: s.Fingerprint, Head: s.Head, Code: s.Head.Code(), Entry: s.Entry, At: s.When.UTC(), By: s.By, Seq: s.Seq})
	}
	for _, s := range inc.Stamps {
		authority := s.Authority
		if authority == "" {
			authority = "an authority that does not say its name"
		}
		list = append(list, Witness{Authority: authority, Stamped: moment(s.Time), Head: s.Head, Code: s.Head.Code(), Entry: s.Entry, At: s.When.UTC(), By: s.By, Seq: s.Seq})
	}
	sorted.Stable(list, func(a, b Witness) int { return int(a.Seq) - int(b.Seq) })
	return list
}
