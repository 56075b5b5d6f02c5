package state

import "strings"

// known are the things that become known during an incident.
type known uint8

const (
	ofAnswers known = 1 << iota
	ofServices
	ofRoles
	ofAll = ofAnswers | ofServices | ofRoles
)

// A dynamicTitle is the title of a step, by index, that depends on what is known.
type dynamicTitle struct {
	step int
	on   known
}

// dependsOn says what can change a template's text during the incident.
func dependsOn(template string) known {
	var on known
	for _, f := range []struct {
		field string
		on    known
	}{{".Answers", ofAnswers}, {".Services", ofServices}, {".State", ofServices}, {".Roles", ofRoles}} {
		if strings.Contains(template, f.field) {
			on |= f.on
		}
	}
	if on != 0 && strings.Contains(template, ".Org") {
		on |= ofAnswers
	}
	return on
}
