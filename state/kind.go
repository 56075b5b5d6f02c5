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
type trait uint32

// The traits.
const (
	opens        trait = 1 << iota // a log begins with it
	long                           // it carries a runbook's text, so that its line may be longer
	vouches                        // it says whose log it is or whom to ask, so that Check reads it in full
	digests                        // its names have a hash over texts of all parts, and its notes may have these texts
	afterwards                     // it may be recorded when the incident is closed
	goesOn                         // the incident goes on by it
	ofProgram                      // the program's own: nobody corrects it, and no player does it
	facilitators                   // the facilitator of a drill makes it: no player does it
	unseen                         // the players are told nothing by it
	noAct                          // it is not what a player does
	brings                         // it brings what other entries are about
	corrects                       // it only says that another entry counts otherwise
	stays                          // it cannot be retracted
	happened                       // it tells what happened in the world: taking it back needs a word, and undo does not
	mayAnswer                      // withheld whole, it may hold any answer
	mayMove                        // withheld whole, it may have changed what is known of services
	maySay                         // withheld whole, it may have said something to somebody
	mayWalk                        // withheld whole, it may have taken up, settled or blocked a step that is not settled
	mayUndo                        // withheld whole, it may have opened a step again that is settled
	mayCount                       // withheld whole, it may have started or stopped a clock
	mayHold                        // withheld whole, it may have changed who holds a role
	mayDraft                       // withheld whole, it may have changed where a notice stands
	mayCall                        // withheld whole, it may have reached somebody
)

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

// withText is data with another text in the place of that which can be amended, and
// whether there is one.
func withText(data Data, text string) (Data, bool) {
	if _, known := data.(recorded); !known {
		return data, false
	}
	typ := reflect.TypeOf(data).Elem()
	for _, field := range textFields(typ) {
		if field.amend {
			amended := reflect.New(typ)
			amended.Elem().Set(reflect.ValueOf(data).Elem())
			amended.Elem().FieldByIndex(field.index).SetString(text)
			return amended.Interface().(Data), true
		}
	}
	return data, false
}

// A kindRow is what there is to know of one kind.
type kindRow struct {
	data    recorded // a nil pointer of its type
	is      trait
	instead string // of one that stays, or that happened: what to do instead of retracting it
	by      []Deed // by which that is done

	typ  reflect.Type
	text []textField
}

// A kindTable is what there is to know of every kind. It is handed to what asks, so
// that no kind's file names the table that lists it.
type kindTable map[Kind]*kindRow

// is reports whether a kind has one of some traits. A kind that is not known has none.
func (t kindTable) is(kind Kind, some trait) bool {
	row := t[kind]
	return row != nil && row.is&some != 0
}

// textOf is what a person said in data; with amend, only if it may be amended. False if
// there is none.
func (t kindTable) textOf(data Data, amend bool) (string, bool) {
	if data == nil {
		return "", false
	}
	row := t[data.Kind()]
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

// acts are what to do instead of retracting an entry of the kind.
func (row kindRow) acts(seq uint64) (acts []Act) {
	for _, deed := range row.by {
		acts = append(acts, Act{Deed: deed, Seq: seq})
	}
	return acts
}
