package view

import (
	"slices"
	"time"

	"muster/state"
)

// A Voucher is somebody who was told a head, or signed it, by the log's own word. That
// proves nothing: it says whom to ask for what was written down or signed.
type Voucher struct {
	Witness     string     `json:"witness"`     // who was told; "" for a signature
	How         string     `json:"how"`         // by which way
	Fingerprint string     `json:"fingerprint"` // of the key that signed; "" for a witness
	Head        state.Hash `json:"head"`
	Code        string     `json:"code"`
	Entry       uint64     `json:"entry"` // up to which the head goes
	At          time.Time  `json:"at"`
	By          string     `json:"by"`  // who says so
	Seq         uint64     `json:"seq"` // the entry that says so
}

func vouchers(inc *state.Incident) []Voucher {
	list := make([]Voucher, 0, len(inc.Witnesses)+len(inc.Signatures))
	for _, w := range inc.Witnesses {
		list = append(list, Voucher{Witness: w.Witness, How: w.How, Head: w.Head, Code: w.Head.Code(), Entry: w.Entry, At: w.When.UTC(), By: w.By, Seq: w.Seq})
	}
	for _, s := range inc.Signatures {
		list = append(list, Voucher{Fingerprint: s.Fingerprint, Head: s.Head, Code: s.Head.Code(), Entry: s.HeadSigned.Entry, At: s.When.UTC(), By: s.By, Seq: s.Seq})
	}
	slices.SortFunc(list, func(a, b Voucher) int { return int(a.Seq) - int(b.Seq) })
	return list
}
