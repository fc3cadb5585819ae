package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"flexcaselog/internal/sandbox/org"
)

// job is what agents do with the package through the same doors as the plugin: one with the shipped permission set, and others who have
// one permission less each.
type job struct {
	sets    []string       // the permission sets of the agents
	longest map[string]int // how long a text each field of a row takes, by its name
	expect  map[string]string
	setIDs  []string // the record type and the queue of the settings
}

// rights is where the list of what all permission sets allow is kept among the agents' answers.
const rights = "rights"

// newJob adds permission sets with one permission less, every so manieth of them, to the copy of a project, and notes what the unbroken
// package answers.
func newJob(ctx context.Context, project string, every int) (*job, error) {
	file, err := findFile(project, org.AgentPermissionSet+".permissionset-meta.xml")
	if err != nil {
		return nil, err
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	if err := writeSetting(filepath.Join(filepath.Dir(file), "..", "customMetadata")); err != nil {
		return nil, err
	}
	j := &job{sets: []string{org.AgentPermissionSet}}
	if j.longest, err = lengths(filepath.Join(filepath.Dir(file), "..", "objects", "TwilioCallLog__c", "fields")); err != nil {
		return nil, err
	}
	for i, less := range onePermissionLess(string(text)) {
		if i%every > 0 {
			continue
		}
		name := fmt.Sprintf("OneLess%d", i)
		if err := os.WriteFile(filepath.Join(filepath.Dir(file), name+".permissionset-meta.xml"), []byte(less), 0o600); err != nil {
			return nil, err
		}
		j.sets = append(j.sets, name)
	}
	j.expect, err = j.do(ctx, project)
	if err == nil && strings.Contains(j.expect[org.AgentPermissionSet], "refused") {
		err = fmt.Errorf("apex mutate: the agent is refused as it is: %s", j.expect[org.AgentPermissionSet])
	}
	return j, err
}

// differs tells what a broken project answers otherwise; empty where nothing is different.
func (j *job) differs(ctx context.Context, project string) (string, error) {
	got, err := j.do(ctx, project)
	if err != nil {
		return "", err
	}
	if got[rights] != j.expect[rights] {
		return "what a permission set allows, see TestShippedRights", nil
	}
	for _, set := range j.sets {
		if got[set] != j.expect[set] {
			return set + ": " + strings.ReplaceAll(got[set], "\n", "; "), nil
		}
	}
	return "", nil
}

// do runs the job once for each permission set.
func (j *job) do(ctx context.Context, project string) (said map[string]string, err error) {
	o, err := org.Open(ctx, org.Config{ProjectDir: project})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, o.Close()) }()
	said = map[string]string{rights: o.Rights()}
	if j.setIDs, err = furnishSetting(ctx, o); err != nil {
		return nil, err
	}
	for i, set := range j.sets {
		if err := o.ActAs(ctx, set); err != nil {
			return nil, err
		}
		number := fmt.Sprintf("%03d", i)
		said[set] = j.day(ctx, o, number) + "\n" + j.setDay(ctx, o, number)
	}
	return said, nil
}

// day is the job for two customers: a new caller, the rows of the call, a lost answer, the same caller again; then one whose number is
// stored in another writing. Numbers and ids are left out of what is said, so that two agents' days are alike.
func (j *job) day(ctx context.Context, o *org.Org, number string) string {
	var said []string
	var fields map[string]any
	note := func(name string, a org.Answer) map[string]any {
		fields = nil
		if !a.Success {
			said = append(said, fmt.Sprintf("%s refused: %s %v", name, a.Errors[0].Description, a.Errors[0].Details))
			return nil
		}
		answer, _ := a.ReturnValue.(map[string]any)
		fields, _ = answer["runApex"].(map[string]any)
		said = append(said, name+": "+strings.Join(slices.Sorted(maps.Keys(fields)), " "))
		return answer
	}
	create := func(phone, engagement string) {
		a := o.RunApex(ctx, "TwilioCaseController", "createRecords", "phone="+phone+number+"&engagement="+engagement+number+"&details=")
		note("createRecords", a)
	}
	const caller, known = "14155550", "442079460"
	create(caller, "WTa")
	kase, contact := fields["Id"], fields["ContactId"]
	row := map[string]any{
		"entityApiName": "TwilioCallLog__c", "Name": strings.Repeat("n", 80), "Case__c": kase, "StartTime__c": "2026-11-02T10:00:00.000Z",
	}
	for name, n := range j.longest {
		row[name] = strings.Repeat("x", n)
	}
	key := strings.Repeat("k", j.longest["Key__c"]-len(number)) + number
	row["Status__c"] = "Nothing of the kind"
	said = append(said, fmt.Sprint("a status that is none is stored: ", o.SaveLog(ctx, row).Success))
	row["Status__c"], row["Key__c"] = "Reservation accepted", strings.ToUpper(key)
	note("saveLog of a row like it", o.SaveLog(ctx, row))
	row["Key__c"] = key
	saved := note("saveLog", o.SaveLog(ctx, row))
	note("saveLog of the duration", o.SaveLog(ctx, map[string]any{"Id": saved["recordId"], "Duration__c": 86400.0}))
	note("findLog", o.RunApex(ctx, "TwilioCaseController", "findLog", "key="+key))
	said = append(said, fmt.Sprint("the same row: ", fields["Id"] == saved["recordId"]))
	create(caller, "WTa")
	said = append(said, fmt.Sprint("the same Case: ", fields["Id"] == kase))
	create(caller, "WTA")
	said = append(said, fmt.Sprint("another Case of the same Contact: ", fields["Id"] != kase && fields["ContactId"] == contact))
	for i, field := range []string{"Phone", "MobilePhone", "HomePhone"} {
		phone := known[:len(known)-1] + strconv.Itoa(i)
		id, err := o.Insert(ctx, "Contact", map[string]any{"LastName": "Known", field: "0" + phone[2:4] + " " + phone[4:8] + " " + phone[8:] + number})
		create(phone, "WT"+field)
		said = append(said, fmt.Sprint("the Contact whose ", field, " it is: ", err == nil && fields["ContactId"] == id))
	}
	return anyID.ReplaceAllString(strings.Join(said, "\n"), "an id")
}

var anyID = regexp.MustCompile(`\b[0-9a-zA-Z]{3}5g[0-9a-zA-Z]{10,13}\b|\b[0-9]{8}\b|[0-9]{10,}`)

var (
	objectBlock = regexp.MustCompile(`(?s)<objectPermissions>.*?</objectPermissions>\s*`)
	fieldBlock  = regexp.MustCompile(`(?s)<fieldPermissions>.*?</fieldPermissions>\s*`)
	classBlock  = regexp.MustCompile(`(?s)<classAccesses>.*?</classAccesses>\s*`)
)

// onePermissionLess makes the texts of permission sets that each lack one permission.
func onePermissionLess(text string) []string {
	var out []string
	less := func(at []int, block string) { out = append(out, text[:at[0]]+block+text[at[1]:]) }
	for _, at := range fieldBlock.FindAllStringIndex(text, -1) {
		block := text[at[0]:at[1]]
		less(at, "")
		if strings.Contains(block, "<editable>true") {
			less(at, strings.Replace(block, "<editable>true", "<editable>false", 1))
		}
	}
	for _, at := range objectBlock.FindAllStringIndex(text, -1) {
		block := text[at[0]:at[1]]
		for _, right := range []string{"allowCreate", "allowEdit"} {
			if strings.Contains(block, "<"+right+">true") {
				less(at, strings.Replace(block, "<"+right+">true", "<"+right+">false", 1))
			}
		}
	}
	for _, at := range classBlock.FindAllStringIndex(text, -1) {
		less(at, "")
	}
	return out
}

// lengths reads how long a text each field takes that is written as text; a picklist's values are its own affair.
func lengths(dir string) (map[string]int, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.field-meta.xml"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("apex mutate: no fields in %s", dir)
	}
	out := map[string]int{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		if found := lengthTag.FindSubmatch(text); found != nil {
			name, _, _ := strings.Cut(filepath.Base(file), ".")
			if out[name], err = strconv.Atoi(string(found[1])); err != nil {
				return nil, fmt.Errorf("apex mutate: %s: %w", file, err)
			}
		}
	}
	return out, nil
}

var lengthTag = regexp.MustCompile(`<length>(\d+)</length>`)

func findFile(dir, name string) (found string, err error) {
	err = filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if filepath.Base(path) == name {
			found = path
		}
		return err
	})
	if err == nil && found == "" {
		err = fmt.Errorf("apex mutate: no %s", name)
	}
	return found, err
}
