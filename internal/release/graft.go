package release

import (
	"encoding/json"
	"fmt"
	"strings"
)

// child returns what is at a path in a JSON object, or nil. It errors where
// something on the way is no object.
func child(object json.RawMessage, path []string) (json.RawMessage, error) {
	for i, key := range path {
		members, err := open(object, path[:i])
		if err != nil {
			return nil, err
		}
		object = members[key]
	}
	if string(object) == "null" {
		return nil, nil
	}
	return object, nil
}

// graft returns the JSON object with something else at a path. Everything beside
// the path stays as it is written, numbers of any size included.
func graft(object json.RawMessage, path []string, value json.RawMessage) (json.RawMessage, error) {
	return graftAt(object, path, 0, value)
}

func graftAt(object json.RawMessage, path []string, depth int, value json.RawMessage) (json.RawMessage, error) {
	if depth == len(path) {
		return value, nil
	}
	members, err := open(object, path[:depth])
	if err != nil {
		return nil, err
	}
	inner, err := graftAt(members[path[depth]], path, depth+1, value)
	if err != nil {
		return nil, err
	}
	members[path[depth]] = inner
	text, err := json.Marshal(members)
	if err != nil {
		return nil, fmt.Errorf("release: %w", err)
	}
	return text, nil
}

// open returns the members of an object; none where there is nothing.
func open(object json.RawMessage, path []string) (map[string]json.RawMessage, error) {
	members := map[string]json.RawMessage{}
	if len(object) == 0 || string(object) == "null" {
		return members, nil
	}
	if err := json.Unmarshal(object, &members); err != nil {
		return nil, refuse("%s of the Flex Configuration is no JSON object, so the settings cannot be put into it: somebody has to mend it first",
			strings.Join(append([]string{"ui_attributes"}, path...), "."))
	}
	return members, nil
}
