package lightning_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"flexcaselog/internal/sandbox/lightning"

	"github.com/stretchr/testify/require"
)

// shown is a record as record.js is given it, down to what these tests look at.
type shown struct {
	Object, Name, Label string
	Fields              []struct{ Name, Value, Kind, ID, Object string }
	Contact             *shown
	Related             []struct {
		Title string
		Rows  []struct {
			ID    string
			Cells []struct{ Name, Value, Kind string }
		}
	}
}

func (s shown) value(field string) string {
	for _, f := range s.Fields {
		if f.Name == field {
			return f.Value
		}
	}
	return "(not shown)"
}

func show(t *testing.T, c *lightning.Console, path string) shown {
	t.Helper()
	response := get(t, c, origin+path)
	require.Equal(t, http.StatusOK, response.StatusCode)
	var s shown
	require.NoError(t, json.Unmarshal([]byte(body(t, response)), &s))
	return s
}

func TestACaseIsShownWithItsContactAndLog(t *testing.T) {
	t.Parallel()
	s := show(t, newConsole(t, seeded()), "/sandbox/record?id="+caseID)
	require.Equal(t, "Call from Ada Lovelace", s.Name)
	require.Equal(t, "00001042", s.value("CaseNumber"))
	require.Equal(t, "Ada Lovelace", s.value("ContactId"), "a reference is shown by name")
	require.Equal(t, "22 Nov 13:04:05", s.value("CreatedDate"))
	require.NotNil(t, s.Contact)
	require.Equal(t, "+14155550123", s.Contact.value("Phone"))

	require.Len(t, s.Related, 1)
	rows := s.Related[0].Rows
	require.Len(t, rows, 2)
	require.Equal(t, "Reservation accepted", rows[0].Cells[1].Value, "in the order they began")
	require.Equal(t, "2:41", rows[0].Cells[3].Value)
	require.Equal(t, "Wrapup", rows[1].Cells[1].Value)
	require.Empty(t, rows[1].Cells[3].Value, "no duration while it lasts")
}

func TestAnObjectWithoutALayoutShowsEveryField(t *testing.T) {
	t.Parallel()
	org := seeded()
	org.records = append(org.records, lightning.Record{Object: "Task", ID: "00T000000000001AAA", Fields: map[string]any{"Subject": "x", "Done": true}})
	s := show(t, newConsole(t, org), "/sandbox/record?id=00T000000000001AAA")
	require.Equal(t, "00T000000000001AAA", s.Name)
	require.Equal(t, "true", s.value("Done"))
	require.Equal(t, "x", s.value("Subject"))
}

func TestHomeListsCasesAndContacts(t *testing.T) {
	t.Parallel()
	s := show(t, newConsole(t, seeded()), "/sandbox/home")
	require.Len(t, s.Related, 2)
	require.Equal(t, "00001042", s.Related[0].Rows[0].Cells[0].Value)
	require.Equal(t, "Ada Lovelace", s.Related[1].Rows[0].Cells[0].Value)
}

func TestARecordThatIsNotThere(t *testing.T) {
	t.Parallel()
	require.Equal(t, http.StatusNotFound, get(t, newConsole(t, seeded()), origin+"/sandbox/record?id=500").StatusCode)
}
