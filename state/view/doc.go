// Package view is the one vocabulary in which an incident is given to others: to
// programs by --json and export, to people by reports that are written from it.
//
// Everything here is computed from a *state.Incident, and from a moment where
// something is about now. Nothing reads a clock, and nothing is written in the order
// of a map.
package view
