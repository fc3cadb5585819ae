package lightning

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// call is what parent.js forwards: the envelope of the frame's message.
type call struct {
	MethodName           string         `json:"methodName"`
	CallID               int            `json:"callId"`
	APIVersion           int            `json:"apiVersion"`
	IsCallbackRegistered bool           `json:"isCallbackRegistered"`
	IsListenerRegistered bool           `json:"isListenerRegistered"`
	Args                 map[string]any `json:"args"`
}

// verdict is what parent.js is to do with the call; its twin in parent.js says what each field means.
type verdict struct {
	Silent   bool    `json:"silent,omitempty"`
	Lost     bool    `json:"lost,omitempty"`
	Here     bool    `json:"here,omitempty"`
	Response *Answer `json:"response,omitempty"`
	Pop      *pop    `json:"pop,omitempty"`
}

// pop is a [Pop] as the page shows it.
type pop struct {
	Type   string         `json:"type"`
	Params map[string]any `json:"params"`
	Object string         `json:"object,omitempty"`
}

func (c *Console) serveCall(w http.ResponseWriter, r *http.Request) {
	var in call
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		http.Error(w, "lightning: not a call: "+err.Error(), http.StatusBadRequest)
		return
	}
	message := Message{
		At: c.config.Now(), Host: r.Host, Method: in.MethodName, CallID: in.CallID, APIVersion: in.APIVersion,
		Callback: in.IsCallbackRegistered, Listener: in.IsListenerRegistered, Args: in.Args,
	}
	plan := c.faults.plan(in.MethodName)
	c.journal.call(message)
	plan.wait()
	// An org that has a request performs it, whether or not its page is still there.
	out := c.judge(context.WithoutCancel(r.Context()), in, plan)
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(out)
}

func (c *Console) judge(ctx context.Context, in call, plan plan) verdict {
	if plan.mute {
		return verdict{Silent: true}
	}
	if plan.errors != nil {
		return verdict{Response: &Answer{Errors: plan.errors}, Lost: plan.lose}
	}
	out := c.perform(ctx, in)
	out.Lost = plan.lose
	return out
}

// perform does what belongs to the org; everything else is about the page, which does it by itself.
func (c *Console) perform(ctx context.Context, in call) verdict {
	switch in.MethodName {
	case "runApex":
		answer := c.config.Org.RunApex(ctx, text(in.Args["apexClass"]), text(in.Args["methodName"]), text(in.Args["methodParams"]))
		return answered(c.faults.shapeApex(answer))
	case "saveLog":
		return answered(c.faults.shapeSaveLog(c.saveLog(ctx, in.Args)))
	case "screenPop":
		return c.screenPop(ctx, in.Args)
	case "searchAndScreenPop":
		return c.searchAndScreenPop(ctx, in.Args)
	case "getCallCenterSettings":
		return answered(succeed(map[string]any{
			"/reqGeneralInfo/reqAdapterUrl":                  c.config.AdapterURL,
			"/reqGeneralInfo/reqUseApi":                      "true",
			"/reqGeneralInfo/reqSalesforceCompatibilityMode": "Lightning",
			"/reqGeneralInfo/reqSoftphoneWidth":              c.config.PanelWidth,
			"/reqGeneralInfo/reqSoftphoneHeight":             c.config.PanelHeight,
		}))
	case "getSoftphoneLayout":
		layout := map[string]any{"objects": map[string]any{"Contact": []any{}}, "screenPopSettings": map[string]any{}}
		return answered(succeed(map[string]any{"Inbound": layout, "Outbound": layout, "Internal": layout}))
	}
	return verdict{Here: true}
}

func answered(a Answer) verdict { return verdict{Response: &a} }

func (c *Console) saveLog(ctx context.Context, args map[string]any) Answer {
	fields, ok := args["object"].(map[string]any)
	if !ok {
		return refuse(CodeInvalidParam, "An invalid value was passed to the parameter value. An object was expected.")
	}
	return c.config.Org.SaveLog(ctx, fields)
}

// popParams names the parameter that a type of screen pop cannot do without; the type newRecord is the one that says nothing more.
var popParams = map[string]string{
	"url": "url", "sobject": "recordId", "objecthome": "scope", "list": "listViewId",
	"search": "searchString", "newRecord": "entityName", "flow": "flowDevName",
}

func (c *Console) screenPop(ctx context.Context, args map[string]any) verdict {
	kind := text(args["type"])
	params, _ := args["params"].(map[string]any)
	need, known := popParams[kind]
	if !known {
		return answered(refuse(CodeInvalidParam, fmt.Sprintf("An invalid value was passed to the parameter type: %s.", kind)))
	}
	if text(params[need]) == "" {
		return answered(refuse(CodeInvalidParam, fmt.Sprintf("An invalid value was passed to the parameter %s. A string value was expected.", need)))
	}
	out := answered(succeed(nil))
	out.Pop = c.pop(ctx, kind, params)
	return out
}

func (c *Console) pop(ctx context.Context, kind string, params map[string]any) *pop {
	p := Pop{At: c.config.Now(), Type: kind, Params: params}
	if kind == "sobject" {
		p.RecordID = text(params["recordId"])
		if record, ok := c.config.Org.Record(ctx, p.RecordID); ok {
			p.Object = record.Object
		}
	}
	c.journal.pop(p)
	// A record that the org does not have opens a tab that says so, as the answer of the real method says nothing about it either.
	return &pop{Type: kind, Params: params, Object: orElse(p.Object, "Record")}
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// text is a value as a string; what is no string is empty, since the library checks no types and a page must bear it.
func text(v any) string {
	s, _ := v.(string)
	return s
}
