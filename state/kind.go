package state

import "reflect"

// A recorded is the data of an entry of a kind that this version knows. It is a
// pointer to a struct, whose tags say all that others have to know of it:
//
//   - json: the key of a field, in lower case;
//   - part: in which part of a line it stands, and is withheld with; see [Part];
//   - text: it is what a person said, and may be amended ("amend"), or was said to
//     somebody for good ("said"); see [TextOf].
type recorded interface {
	Data
	// effect is what an entry that counts changes.
	effect(inc *Incident, e *Entry)
	// describe says in one line what the entry records, raw.
	describe(inc *Incident, e Entry) string
}

// A trait is something special about a kind.
type trait uint16

// The traits.
const (
	opens        trait = 1 << iota // a log begins with it
	long                           // it carries a runbook's text, so that its line may be longer
	vouches                        // it says whose log it is or whom to ask, so that Check reads it in full
	digests                        // among its names is a hash over texts of other parts
	afterwards                     // it may be recorded when the incident is closed
	ofProgram                      // the program's own: nobody corrects it, and no player does it
	facilitators                   // the facilitator of a drill makes it: no player does it
	unseen                         // the players are told nothing by it
	noAct                          // it is not what a player does
	corrects                       // it only says that another entry counts otherwise
	stays                          // it cannot be retracted
	mayAnswer                      // withheld whole, it may hold any answer
	mayMove                        // withheld whole, it may have changed what is known of services
	maySay                         // withheld whole, it may have said something to somebody
)

// is reports whether a kind has one of some traits. A kind that is not known has none.
func is(kind Kind, some trait) bool {
	row := kinds[kind]
	return row != nil && row.is&some != 0
}

// FacilitatorKind reports whether entries of kind are made by the facilitator of a
// drill, and are no action of the players.
func FacilitatorKind(kind Kind) bool { return is(kind, facilitators) }

// A textField is a field with what a person said.
type textField struct {
	index []int
	amend bool // it may be amended
}

func textFields(typ reflect.Type) []textField {
	var list []textField
	for _, field := range reflect.VisibleFields(typ) {
		if tag := field.Tag.Get("text"); tag != "" {
			list = append(list, textField{field.Index, tag == "amend"})
		}
	}
	return list
}

// TextOf is what a person said in an entry, raw: a note, a reason, a summary, a
// statement. "" if its kind has no such text. data may be nil.
func TextOf(data Data) string {
	text, _ := textOf(data, false)
	return text
}

// AmendableText is the text of an entry that [AmendEntry] can change, raw; false if
// its kind has none. What was said to somebody cannot be changed, only corrected by
// saying more.
func AmendableText(data Data) (string, bool) { return textOf(data, true) }

func textOf(data Data, amend bool) (string, bool) {
	if data == nil {
		return "", false
	}
	row := kinds[data.Kind()]
	if row == nil || reflect.TypeOf(data).Elem() != row.typ {
		return "", false
	}
	for _, field := range row.text {
		if amend && !field.amend {
			continue
		}
		text := reflect.ValueOf(data).Elem().FieldByIndex(field.index)
		if text.Kind() == reflect.Pointer {
			text = text.Elem() // the zero Value of nil
		}
		if text.IsValid() { // String takes the text as it lies; Interface would copy it
			return text.String(), true
		}
	}
	return "", false
}

// withText is data with another text in the place of that which can be amended, and
// whether there is one.
func withText(data Data, text string) (Data, bool) {
	row := kinds[data.Kind()]
	if row == nil || reflect.TypeOf(data).Elem() != row.typ {
		return data, false
	}
	for _, field := range row.text {
		if field.amend {
			amended := reflect.New(row.typ)
			amended.Elem().Set(reflect.ValueOf(data).Elem())
			amended.Elem().FieldByIndex(field.index).SetString(text)
			return amended.Interface().(Data), true
		}
	}
	return data, false
}
