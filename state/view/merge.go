package view

import (
	"time"

	"muster/state"
)

// A Merge is a branch whose entries were taken over.
type Merge struct {
	Source  Text      `json:"source" null:"it is withheld" doc:"where the branch lay"`
	Code    string    `json:"code" doc:"of the branch's head"`
	Entries uint64    `json:"entries" doc:"that the branch had"`
	Common  uint64    `json:"common" doc:"the last entry that both logs begin with"`
	Taken   int       `json:"taken" doc:"entries taken over; the others were there"`
	By      string    `json:"by"`
	At      time.Time `json:"at"`
	Seq     uint64    `json:"seq"`
}

// mergesOf lists the branches that were taken over, in the order of the log. The list is not
// nil.
func mergesOf(inc *state.Incident) []Merge {
	list := []Merge{}
	for _, seq := range inc.Merges {
		e, ok := inc.Entry(seq)
		data, is := e.Data.(*state.LogMerged)
		if !ok || !is {
			continue
		}
		list = append(list, Merge{Source: Text(data.Source), Code: data.Head.Code(), Entries: data.Entries, Common: data.Common, Taken: data.Taken,
			By: e.By.Name, At: e.When().UTC(), Seq: seq})
	}
	return list
}
