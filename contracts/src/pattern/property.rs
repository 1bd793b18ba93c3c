//! Sets of letters with a name.

use regex_syntax::hir::{Class, HirKind};

use super::letters::LetterSet;

/// `\d`
pub(super) fn digits() -> LetterSet {
    LetterSet::of_code_points([(0x30, 0x39)])
}

/// `\w`
pub(super) fn word() -> LetterSet {
    LetterSet::of_code_points([(0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)])
}

/// `\s`: white space and line ends of ECMA-262.
pub(super) fn white_space() -> LetterSet {
    LetterSet::of_code_points([
        (0x09, 0x0D),
        (0x20, 0x20),
        (0xA0, 0xA0),
        (0x1680, 0x1680),
        (0x2000, 0x200A),
        (0x2028, 0x2029),
        (0x202F, 0x202F),
        (0x205F, 0x205F),
        (0x3000, 0x3000),
        (0xFEFF, 0xFEFF),
    ])
}

/// Whether a letter may stand in the name of a group.
pub(super) fn is_name_part(letter: char, is_first: bool) -> bool {
    letter.is_alphabetic()
        || !is_first && (letter.is_alphanumeric() || matches!(letter, '\u{200C}' | '\u{200D}'))
}

/// General categories; ECMA-262 takes these spellings and no others.
const CATEGORIES: &str = " Cased_Letter LC Close_Punctuation Pe Connector_Punctuation Pc Control Cc cntrl Currency_Symbol Sc \
Dash_Punctuation Pd Decimal_Number Nd digit Enclosing_Mark Me Final_Punctuation Pf Format Cf Initial_Punctuation Pi Letter L \
Letter_Number Nl Line_Separator Zl Lowercase_Letter Ll Mark M Combining_Mark Math_Symbol Sm Modifier_Letter Lm Modifier_Symbol Sk \
Nonspacing_Mark Mn Number N Open_Punctuation Ps Other C Other_Letter Lo Other_Number No Other_Punctuation Po Other_Symbol So \
Paragraph_Separator Zp Private_Use Co Punctuation P punct Separator Z Space_Separator Zs Spacing_Mark Mc Symbol S \
Titlecase_Letter Lt Unassigned Cn Uppercase_Letter Lu ";

/// Binary properties that `regex-syntax` knows under the same name.
const BINARY: &str = " ASCII Any Assigned Alphabetic Alpha Case_Ignorable CI Cased Changes_When_Casefolded CWCF \
Changes_When_Casemapped CWCM Changes_When_Lowercased CWL Changes_When_Titlecased CWT Changes_When_Uppercased CWU Dash \
Default_Ignorable_Code_Point DI Deprecated Dep Diacritic Dia Emoji Emoji_Component EComp Emoji_Modifier EMod Emoji_Modifier_Base \
EBase Emoji_Presentation EPres Extended_Pictographic ExtPict Extender Ext Grapheme_Base Gr_Base Grapheme_Extend Gr_Ext \
ASCII_Hex_Digit AHex Hex_Digit Hex IDS_Binary_Operator IDSB IDS_Trinary_Operator IDST ID_Continue IDC ID_Start IDS Ideographic \
Ideo Join_Control Join_C Logical_Order_Exception LOE Lowercase Lower Math Noncharacter_Code_Point NChar Pattern_Syntax Pat_Syn \
Pattern_White_Space Pat_WS Quotation_Mark QMark Radical Regional_Indicator RI Sentence_Terminal STerm Soft_Dotted SD \
Terminal_Punctuation Term Unified_Ideograph UIdeo Uppercase Upper Variation_Selector VS White_Space space XID_Continue XIDC \
XID_Start XIDS ";

/// The letters of the property that ECMA-262 calls so; `None` if it is unknown here.
pub(super) fn letters(name: &str) -> Option<LetterSet> {
    let lists = |list: &str, name: &str| list.split_ascii_whitespace().any(|it| it == name);
    if let Some((property, value)) = name.split_once('=') {
        return match property {
            "General_Category" | "gc" if lists(CATEGORIES, value) => of_class("gc", value),
            "Script" | "sc" if is_script_spelling(value) => of_class("sc", value),
            "Script_Extensions" | "scx" if is_script_spelling(value) => of_class("scx", value),
            _ => None,
        };
    }
    match name {
        "Any" => Some(LetterSet::all()),
        "ASCII" => Some(LetterSet::of_code_points([(0, 0x7F)])),
        "Assigned" => of_class("gc", "Unassigned").map(|it| it.complement()),
        _ if lists(CATEGORIES, name) => of_class("gc", name),
        _ if lists(BINARY, name) => of_text(&format!("\\p{{{name}}}")),
        _ => None,
    }
}

/// `Latin`, `Old_Italic`, `Latn`: each word starts with its only capital.
fn is_script_spelling(name: &str) -> bool {
    !name.is_empty()
        && name.split('_').all(|word| {
            let mut letters = word.chars();
            letters.next().is_some_and(|first| first.is_ascii_uppercase())
                && letters.all(|it| it.is_ascii_lowercase())
        })
}

fn of_class(property: &str, value: &str) -> Option<LetterSet> {
    of_text(&format!("\\p{{{property}={value}}}"))
}

fn of_text(pattern: &str) -> Option<LetterSet> {
    let parsed = regex_syntax::parse(pattern).ok()?;
    if let HirKind::Class(Class::Unicode(class)) = parsed.kind() {
        return Some(LetterSet::of_code_points(
            class.iter().map(|it| (u32::from(it.start()), u32::from(it.end()))),
        ));
    }
    // A set of one letter is read as that letter.
    let HirKind::Literal(only) = parsed.kind() else { return None };
    std::str::from_utf8(&only.0).ok()?.chars().next().map(LetterSet::only)
}
