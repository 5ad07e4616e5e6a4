//! New departures: one, or by a rule.
use super::{
    super::{
        api::add_departures,
        parts::{Number, Refusal},
    },
    month::ExceptCalendar,
    page::{Board, Panel},
    plan::{Plan, Wrong, later, single},
};
use crate::{
    error::AppError,
    ui::{Glyph, Icon, Tone, field::FieldError},
};
use jiff::civil::{Date, Weekday};
use leptos::{prelude::*, task::spawn_local};
use sapar_shared::{
    Lang,
    dto::editor::{MAX_CAPACITY, MAX_DEPARTURES, NewDepartures},
    number::Grouped,
    tr::departures as tr,
    when,
};

/// What is wrong, in words.
type Words = fn(Lang) -> &'static str;

/// The form: what was typed stays while one goes from one kind to the other, or through the months.
#[derive(Clone, Copy)]
pub struct Form {
    lang: Lang,
    by_rule: RwSignal<bool>,
    plan: RwSignal<Plan>,
    /// The day of a single one.
    day: RwSignal<Option<Date>>,
    tried: RwSignal<bool>,
}

impl Form {
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        Self {
            lang,
            by_rule: RwSignal::new(true),
            plan: RwSignal::new(Plan::default()),
            day: RwSignal::new(None),
            tried: RwSignal::new(false),
        }
    }

    /// Opens it, for a day that was tapped or for a rule.
    pub fn open(self, day: Option<Date>) {
        self.by_rule.set(day.is_none());
        if day.is_some() {
            self.day.set(day);
        }
    }

    pub fn forget(self) {
        self.plan.set(Plan::default());
        self.day.set(None);
        self.tried.set(false);
    }

    /// Where nothing was typed yet: every weekend of a month from tomorrow on, at the hour of the programme, with as many places
    /// as is usual.
    fn suggest(self, today: Date, first: Date, begins: String, usual: Option<i32>) {
        let from = first.max(later(today, 1));
        self.plan.update(|plan| {
            plan.today = Some(today);
            if plan.first.is_none() && plan.last.is_none() {
                (plan.first, plan.last) = (Some(from), Some(later(from, 30)));
                plan.weekdays = vec![6, 7];
            }
            if plan.times.is_empty() {
                plan.times.push(begins);
            }
            plan.capacity = plan.capacity.or(usual);
        });
    }

    fn wanted(self) -> Plan {
        let plan = self.plan.read();
        if self.by_rule.get() {
            return plan.clone();
        }
        single(self.day.get(), plan.times.first().cloned().unwrap_or_default(), &plan)
    }

    fn error(self, of: &'static [(Wrong, Words)]) -> Signal<Option<String>> {
        Signal::derive(move || {
            if !self.tried.get() {
                return None;
            }
            let wrong = self.wanted().check().err()?;
            of.iter().find(|(kind, _)| wrong.contains(kind)).map(|(_, words)| words(self.lang).to_owned())
        })
    }
}

#[component]
pub fn AddPanel(board: Board, today: Date, first: Date, usual: Option<i32>) -> impl IntoView {
    let lang = board.lang;
    let form = board.form;
    form.suggest(today, first, board.begins.get_value(), usual);
    let busy = RwSignal::new(false);
    let trouble = RwSignal::new(None::<AppError>);
    let submit = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        form.tried.set(true);
        let Ok(new) = untrack(|| form.wanted().check()) else { return };
        if !busy.get_untracked() {
            send(board, new, busy, trouble);
        }
    };
    let fields =
        move || if form.by_rule.get() { view! { <RuleFields form/> }.into_any() } else { view! { <OneField form/> }.into_any() };
    let count = Memo::new(move |_| i64::try_from(form.wanted().count()).unwrap_or(i64::MAX));
    let verb = move || if count.get() > 0 { tr::add_count(lang, count.get()) } else { tr::add(lang).to_owned() };
    let whole: &'static [(Wrong, Words)] = &[(Wrong::Nothing, tr::wrong_nothing)];
    let whole = form.error(whole);
    let too_many = move || {
        let most = i64::try_from(MAX_DEPARTURES).unwrap_or_default();
        (count.get() > most).then(|| tr::wrong_too_many(lang, Grouped(most)))
    };
    view! {
        <form class="card card-pad grid gap-4" aria-labelledby="add-name" on:submit=submit>
            <h2 id="add-name" class="text-lg">{tr::add(lang)}</h2>
            <Kinds form/>
            {fields}
            <Capacity form/>
            <FieldError id="add-error".to_owned() error=Signal::derive(move || too_many().or_else(|| whole.get()))/>
            {move || trouble.get().map(|error| view! { <Refusal lang error only_here=true/> })}
            <button class=Tone::Action.class() aria-disabled=move || busy.get().then_some("true")>
                <span aria-live="polite">{verb}</span>
            </button>
            <button type="button" class="btn btn-quiet" on:click=move |_| board.panel.set(Panel::None)>{tr::back(lang)}</button>
        </form>
    }
    .into_any()
}

fn send(board: Board, new: NewDepartures, busy: RwSignal<bool>, trouble: RwSignal<Option<AppError>>) {
    busy.set(true);
    trouble.set(None);
    spawn_local(async move {
        let made = board.step(add_departures(board.id, new)).await;
        if busy.is_disposed() {
            return;
        }
        busy.set(false);
        match made {
            Ok(made) => {
                board.form.forget();
                board.done(made_words(board.lang, made.made, made.there_before));
            }
            Err(error) => trouble.set(Some(error)),
        }
    });
}

/// By a rule, or one.
#[component]
fn Kinds(form: Form) -> impl IntoView {
    let lang = form.lang;
    let kind = move |rule: bool, words: &'static str| {
        view! {
            <button
                type="button"
                aria-pressed=move || if form.by_rule.get() == rule { "true" } else { "false" }
                on:click=move |_| form.by_rule.set(rule)
            >
                {words}
            </button>
        }
    };
    view! {
        <div class="lang-tabs segment" role="group" aria-label=tr::kind(lang)>
            {kind(true, tr::by_rule(lang))}
            {kind(false, tr::one(lang))}
        </div>
    }
    .into_any()
}

/// What came of it, those that were there before told apart.
pub fn made_words(lang: Lang, made: i32, there_before: i32) -> String {
    let mut words = tr::made(lang, i64::from(made));
    if there_before > 0 {
        words.push(' ');
        words.push_str(&tr::there_before(lang, i64::from(there_before)));
    }
    words
}

/// A day of the form.
#[component]
pub fn DayField(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    #[prop(into)] day: Signal<Option<Date>>,
    on_day: Callback<Option<Date>>,
    #[prop(optional, into)] error: Signal<Option<String>>,
) -> impl IntoView {
    let error_id = format!("{id}-error");
    let described = error_id.clone();
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>{label}</label>
            <input
                class="control numbers"
                id=id
                type="date"
                prop:value=move || day.get().map(when::iso).unwrap_or_default()
                aria-invalid=move || error.read().is_some().then_some("true")
                aria-describedby=move || error.read().is_some().then(|| described.clone())
                on:change=move |ev| on_day.run(when::of_iso(&event_target_value(&ev)))
            />
            <FieldError id=error_id error/>
        </div>
    }
    .into_any()
}

#[component]
fn OneField(form: Form) -> impl IntoView {
    let lang = form.lang;
    view! {
        <DayField
            id="add-day"
            label=tr::day(lang)
            day=form.day
            on_day=Callback::new(move |day| form.day.set(day))
            error=form.error(&[(Wrong::First, tr::wrong_day), (Wrong::Last, tr::wrong_past)])
        />
        <Times form several=false/>
    }
    .into_any()
}

#[component]
fn RuleFields(form: Form) -> impl IntoView {
    let lang = form.lang;
    let plan = form.plan;
    let on_first = Callback::new(move |day: Option<Date>| plan.update(|plan| plan.first = day));
    let on_last = Callback::new(move |day: Option<Date>| plan.update(|plan| plan.last = day));
    let on_day = Callback::new(move |day: Date| {
        plan.update(|plan| {
            let known = plan.except.len();
            plan.except.retain(|out| *out != day);
            if plan.except.len() == known {
                plan.except.push(day);
            }
        });
    });
    view! {
        <Weekdays form/>
        <Times form several=true/>
        <div class="grid grid-cols-2 gap-2">
            <DayField
                id="add-first"
                label=tr::first_day(lang)
                day=Signal::derive(move || plan.read().first)
                on_day=on_first
                error=form.error(&[(Wrong::First, tr::wrong_day)])
            />
            <DayField
                id="add-last"
                label=tr::last_day(lang)
                day=Signal::derive(move || plan.read().last)
                on_day=on_last
                error=form.error(&[(Wrong::Last, tr::wrong_last)])
            />
        </div>
        <div>
            <p class="field-label">{tr::except(lang)}</p>
            <p class="field-help mb-2">{tr::except_help(lang)}</p>
            <ExceptCalendar
                lang
                days=Signal::derive(move || plan.read().days())
                except=Signal::derive(move || plan.read().except.clone())
                on_day
            />
        </div>
    }
    .into_any()
}

#[component]
fn Weekdays(form: Form) -> impl IntoView {
    let lang = form.lang;
    let plan = form.plan;
    let buttons = (0..7_i64)
        .map(|offset| {
            let day = Weekday::Monday.wrapping_add(offset);
            let number = day.to_monday_one_offset();
            let on = move || plan.read().weekdays.contains(&number);
            let turn = move |_| {
                plan.update(|plan| {
                    let known = plan.weekdays.len();
                    plan.weekdays.retain(|day| *day != number);
                    if plan.weekdays.len() == known {
                        plan.weekdays.push(number);
                        plan.weekdays.sort_unstable();
                    }
                });
            };
            view! {
                <button
                    type="button"
                    class="weekday"
                    aria-pressed=move || if on() { "true" } else { "false" }
                    aria-label=when::weekday_long(lang, day)
                    on:click=turn
                >
                    {when::weekday(lang, day)}
                </button>
            }
        })
        .collect_view();
    view! {
        <fieldset>
            <legend class="field-label mb-2">{tr::weekdays(lang)}</legend>
            <div class="weekdays">{buttons}</div>
            <FieldError id="add-weekdays-error".to_owned() error=form.error(&[(Wrong::Weekdays, tr::wrong_weekdays)])/>
        </fieldset>
    }
    .into_any()
}

/// One time, or several a day.
#[component]
fn Times(form: Form, several: bool) -> impl IntoView {
    let lang = form.lang;
    let plan = form.plan;
    let count = Memo::new(move |_| if several { plan.read().times.len() } else { 1 });
    let field = move |at: usize| {
        let id = format!("add-time-{at}");
        let value = move || plan.read().times.get(at).cloned().unwrap_or_default();
        let typed = move |ev: leptos::ev::Event| {
            let time = event_target_value(&ev);
            plan.update(|plan| plan.times.get_mut(at).into_iter().for_each(|slot| slot.clone_from(&time)));
        };
        let remove = move |_| {
            plan.update(|plan| {
                if plan.times.len() > 1 {
                    plan.times.remove(at);
                }
            });
        };
        let button = (several && count.get() > 1).then(|| {
            view! {
                <button type="button" class="btn btn-quiet btn-round" aria-label=tr::remove_time(lang, at + 1) on:click=remove>
                    <Icon name=Glyph::Trash/>
                </button>
            }
        });
        view! {
            <li class="flex items-center gap-1">
                <input
                    class="control numbers"
                    id=id
                    type="time"
                    aria-label=if several { tr::time_number(lang, at + 1) } else { tr::time(lang).to_owned() }
                    prop:value=value
                    on:change=typed
                />
                {button}
            </li>
        }
    };
    let fields = move || (0..count.get()).map(field).collect_view();
    let more = several.then(|| {
        view! {
            <button type="button" class="btn btn-quiet mt-2" on:click=move |_| plan.update(|plan| plan.times.push(String::new()))>
                <Icon name=Glyph::Plus class="icon icon-small"/>
                {tr::add_time(lang)}
            </button>
        }
    });
    view! {
        <fieldset>
            <legend class="field-label mb-2">{tr::time(lang)}</legend>
            <ul class="times">{fields}</ul>
            {more}
            <FieldError id="add-times-error".to_owned() error=form.error(&[(Wrong::Time, tr::wrong_time)])/>
        </fieldset>
    }
    .into_any()
}

#[component]
fn Capacity(form: Form) -> impl IntoView {
    let lang = form.lang;
    view! {
        <Number
            id="add-capacity"
            label=tr::capacity(lang)
            help=tr::capacity_help(lang)
            value=Signal::derive(move || form.plan.read().capacity)
            on_number=Callback::new(move |capacity| form.plan.update(|plan| plan.capacity = capacity))
            min=1
            max=MAX_CAPACITY
            error=form.error(&[(Wrong::Capacity, tr::wrong_capacity)])
        />
    }
    .into_any()
}
