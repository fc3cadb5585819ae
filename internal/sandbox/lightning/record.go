package lightning

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// field, related and recordView are what record.js shows; their twins there say what each is.
type field struct {
	Label  string `json:"label"`
	Name   string `json:"name"`
	Value  string `json:"value"`
	Kind   string `json:"kind,omitempty"`
	ID     string `json:"id,omitempty"`
	Object string `json:"object,omitempty"`
}

type row struct {
	ID    string  `json:"id"`
	Cells []field `json:"cells"`
}

type related struct {
	Title   string   `json:"title"`
	Object  string   `json:"object"`
	Columns []string `json:"columns"`
	Rows    []row    `json:"rows"`
}

type recordView struct {
	ID         string      `json:"id"`
	Object     string      `json:"object"`
	Label      string      `json:"label"`
	Name       string      `json:"name"`
	About      about       `json:"about"`
	Highlights []field     `json:"highlights"`
	Fields     []field     `json:"fields"`
	Contact    *recordView `json:"contact,omitempty"`
	Related    []related   `json:"related"`
}

func (c *Console) serveRecord(w http.ResponseWriter, r *http.Request) {
	record, ok := c.config.Org.Record(r.Context(), r.URL.Query().Get("id"))
	if !ok {
		http.Error(w, "lightning: no such record", http.StatusNotFound)
		return
	}
	view := c.view(r.Context(), record)
	if contactID := text(record.Fields["ContactId"]); contactID != "" {
		if contact, ok := c.config.Org.Record(r.Context(), contactID); ok {
			shown := c.view(r.Context(), contact)
			shown.Related = nil
			view.Contact = &shown
		}
	}
	serveJSON(w, view)
}

func (c *Console) serveHome(w http.ResponseWriter, r *http.Request) {
	all := func(Record) bool { return true }
	contacts := list{"Contacts", "Contact", "", "CreatedDate", []column{{"Name", "Name", "self"}, {"Phone", "Phone", "phone"}, {"Email", "Email", ""}}}
	serveJSON(w, recordView{Name: "Home", Related: []related{c.related(r.Context(), caseList, all), c.related(r.Context(), contacts, all)}})
}

func serveJSON(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	_ = json.NewEncoder(w).Encode(v)
}

func (c *Console) view(ctx context.Context, record Record) recordView {
	shape, ok := layouts[record.Object]
	if !ok {
		shape = everyField(record)
	}
	view := recordView{
		ID: record.ID, Object: record.Object, Label: shape.label, Name: orElse(text(record.Fields[shape.title]), record.ID), About: aboutOf(record),
		Highlights: c.fields(ctx, record, shape.highlights), Fields: c.fields(ctx, record, shape.fields), Related: []related{},
	}
	for _, l := range relatedLists[record.Object] {
		view.Related = append(view.Related, c.related(ctx, l, func(other Record) bool { return other.Fields[l.parent] == record.ID }))
	}
	return view
}

func everyField(record Record) layout {
	shape := layout{label: record.Object, title: "Name"}
	for name := range record.Fields {
		shape.fields = append(shape.fields, column{name, name, ""})
	}
	slices.SortFunc(shape.fields, func(a, b column) int { return strings.Compare(a.name, b.name) })
	return shape
}

func (c *Console) related(ctx context.Context, l list, belongs func(Record) bool) related {
	shown := related{Title: l.title, Object: l.object, Columns: []string{}, Rows: []row{}}
	for _, column := range l.columns {
		shown.Columns = append(shown.Columns, column.label)
	}
	var records []Record
	for _, record := range c.config.Org.Records(ctx, l.object) {
		if belongs(record) {
			records = append(records, record)
		}
	}
	slices.SortStableFunc(records, func(a, b Record) int { return moment(a.Fields[l.order]).Compare(moment(b.Fields[l.order])) })
	for _, record := range records {
		shown.Rows = append(shown.Rows, row{ID: record.ID, Cells: c.fields(ctx, record, l.columns)})
	}
	return shown
}

func (c *Console) fields(ctx context.Context, record Record, columns []column) []field {
	shown := []field{}
	for _, column := range columns {
		value := record.Fields[column.name]
		f := field{Label: column.label, Name: column.name, Value: written(value), Kind: column.kind}
		switch column.kind {
		case "reference":
			f.ID = text(value)
			if parent, ok := c.config.Org.Record(ctx, f.ID); ok {
				f.Object, f.Value = parent.Object, nameOf(parent)
			}
		case "self":
			f.Kind, f.ID, f.Object, f.Value = "reference", record.ID, record.Object, orElse(f.Value, record.ID)
		case "datetime":
			f.Value = writtenTime(value)
		case "duration":
			f.Value = writtenDuration(value)
		}
		shown = append(shown, f)
	}
	return shown
}

// about is which person or company a record is, as click-to-dial and getAppViewInfo tell it. A person account is both.
type about struct {
	ContactID     string `json:"contactId,omitempty"`
	AccountID     string `json:"accountId,omitempty"`
	PersonAccount *bool  `json:"personAccount,omitempty"`
}

func aboutOf(record Record) about {
	person := record.Fields["IsPersonAccount"] == true
	switch record.Object {
	case "Contact":
		return about{ContactID: record.ID, PersonAccount: &person}
	case "Account":
		return about{AccountID: record.ID, ContactID: text(record.Fields["PersonContactId"]), PersonAccount: &person}
	}
	return about{}
}

func nameOf(record Record) string {
	name := text(record.Fields[layouts[record.Object].title])
	return orElse(orElse(name, text(record.Fields["Name"])), record.ID)
}

func written(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case time.Time:
		return v.UTC().Format(time.RFC3339)
	}
	return fmt.Sprint(v)
}

// moment reads what an org hands over as a date and time; anything else is the zero time.
func moment(v any) time.Time {
	switch v := v.(type) {
	case time.Time:
		return v
	case string:
		for _, form := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.000-0700"} {
			if t, err := time.Parse(form, v); err == nil {
				return t
			}
		}
	}
	return time.Time{}
}

func writtenTime(v any) string {
	t := moment(v)
	if t.IsZero() {
		return written(v)
	}
	return t.UTC().Format("2 Jan 15:04:05") // no year: a sandbox is not that old
}

// writtenDuration is minutes and seconds, as a person reads the length of a call.
func writtenDuration(v any) string {
	var seconds int64
	switch v := v.(type) {
	case int:
		seconds = int64(v)
	case int64:
		seconds = v
	case float64:
		seconds = int64(v)
	case json.Number:
		whole, err := v.Int64()
		if err != nil {
			return v.String()
		}
		seconds = whole
	default:
		return written(v)
	}
	return fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
}
