package main

import (
	"context"

	"muster/runbooks"
	"muster/state"
	"muster/state/view"
)

// This file finds forms and their fields.

// formLibrary is the layered library of forms: built in, the person's own, and the folder
// forms in --runbooks.
func (e *env) formLibrary() *runbooks.FormLibrary {
	return runbooks.OpenForms(e.layers(runbooks.BuiltinForms(), "forms")...)
}

// findForm is the form that is meant.
func findForm(ctx context.Context, e *env, ref string) (*runbooks.FormSource, error) {
	lib := e.formLibrary()
	if isPath(ref) {
		text, err := e.readNamed(ref)
		if err != nil {
			return nil, err
		}
		source := lib.Read(ctx, "file", ref, text)
		return source, source.Err
	}
	list, _ := lib.List(ctx)
	all := make([]state.Named, len(list))
	for i, one := range list {
		if all[i].ID = one.ID; one.Form != nil {
			all[i].Title = one.Form.Title
		}
	}
	id, err := state.FindAmong(state.NounForm, ref, all)
	if err != nil {
		return nil, e.orFile(err, ref)
	}
	return lib.Load(ctx, id)
}

// findField is the field of a form that is meant.
func findField(form *runbooks.Form, ref string) (*runbooks.FormField, error) {
	all := make([]state.Named, len(form.Fields))
	for i, f := range form.Fields {
		all[i] = state.Named{ID: f.ID, Title: f.Title}
	}
	id, err := state.FindAmong(state.NounField, ref, all)
	if err != nil {
		return nil, hint(err, "muster form show %s shows its fields.", form.ID)
	}
	return form.Field(id), nil
}

// formOptions are what a form rests on besides the log: with now, this moment and the
// person's zone; else the last entry and UTC, so that the same log gives the same form.
func formOptions(e *env, now bool) view.FormOptions {
	opts := view.FormOptions{Program: program()}
	if now {
		opts.At = e.now()
	}
	if now || e.zoned {
		opts.Zone = e.now().Location()
	}
	return opts
}
