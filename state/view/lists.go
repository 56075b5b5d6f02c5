package view

import "muster/state"

// Lists are what an incident has of subjects of which there is nothing to tell but a list.
type Lists struct {
	Pending
	Handed   []Handover   `json:"handovers" doc:"in the order of the log"`
	Review   Review       `json:"review" doc:"what people found when they looked back"`
	Sitreps  []SitrepSent `json:"sitreps" doc:"that were issued"`
	Vouchers []Witness    `json:"witnesses" doc:"who can vouch for the log, by its own word; in its order"`
}

// SitrepLists are what a sitrep tells of such subjects.
type SitrepLists struct {
	CallBacks []CallBack `json:"call_backs"`
	StillPending
}

// listsOf are those that the incident keeps. The builder adds what stands in entries alone.
func listsOf(inc *state.Incident) Lists {
	return Lists{Pending: pendingOf(inc), Handed: []Handover{}, Review: ReviewOf(inc), Sitreps: []SitrepSent{}, Vouchers: vouchers(inc)}
}

func sitrepListsOf(inc *state.Incident) SitrepLists {
	return SitrepLists{CallBacks: callBacksOf(inc), StillPending: stillPendingOf(inc)}
}
