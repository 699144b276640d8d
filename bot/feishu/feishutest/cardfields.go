package feishutest

import (
	"slices"
	"strings"
)

// known lists the properties a component of schema 2.0 may have; an unknown one is an error there, where
// 1.0 passed it over (card-json-v2-breaking-changes-release-notes). "*" is anything.
var known = map[string]string{
	"card":   "schema config card_link header body",
	"config": "streaming_mode streaming_config summary locales enable_forward enable_forward_interaction update_multi width_mode use_custom_translation style",
	"header": "title subtitle text_tag_list i18n_text_tag_list template icon padding",
	"body":   "elements " + layout,

	"plain_text": "content i18n_content text_size text_color text_align lines icon",
	"text_tag":   "text color",

	"markdown": "content i18n_content text_size text_align icon href",
	"div":      "text icon width fields",
	"img":      "img_key i18n_img_key alt title corner_radius scale_type size transparent preview",
	"hr":       "color",
	"person":   "size user_id show_avatar show_name style",
	"table":    "page_size row_height row_max_height freeze_first_column header_style columns rows",
	"chart":    "aspect_ratio color_theme chart_spec preview height",

	"button":   "text type size width icon disabled disabled_tips hover_tips confirm behaviors name required form_action_type value",
	"input":    field + " default_value max_length input_type show_icon rows auto_resize max_rows label label_position",
	"checker":  field + " checked text overall_checkable button_area checked_style hover_tips disabled_tips padding",
	"overflow": "width options behaviors confirm value disabled",

	"select_static":       field + " type initial_option initial_index options",
	"multi_select_static": field + " type selected_values options",
	"select_person":       field + " type initial_option options",
	"multi_select_person": field + " type selected_values options",
	"date_picker":         field + " initial_date",
	"picker_time":         field + " initial_time",
	"picker_datetime":     field + " initial_datetime",

	"form":                  "name elements confirm " + layout,
	"column_set":            "columns flex_mode horizontal_spacing horizontal_align background_style action",
	"column":                "elements width weight background_style action " + layout,
	"collapsible_panel":     "expanded header border elements background_color " + layout,
	"interactive_container": "elements width height background_style has_border border_color corner_radius behaviors disabled disabled_tips hover_tips confirm value " + layout,

	"person_list": "*", "select_img": "*", "audio": "*", "img_combination": "*",
}

const (
	layout = "direction padding horizontal_spacing horizontal_align vertical_spacing vertical_align"
	field  = "name required disabled width placeholder value behaviors confirm"
	common = " tag element_id margin "
)

// fields refuses properties that a component does not have.
func fields(tag string, el object) error {
	allowed := known[tag]
	if allowed == "*" {
		return nil
	}
	for name := range el {
		if !strings.Contains(common, " "+name+" ") && !slices.Contains(strings.Fields(allowed), name) {
			return badCard(200621, "unknown property %q of %s", name, tag)
		}
	}
	return nil
}
