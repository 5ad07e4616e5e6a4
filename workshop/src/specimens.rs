//! What lies on the bench. Texts are the longest that the product shows, for those are what breaks a layout.
use leptos::prelude::*;
use sapar_app::ui::{
    Alert, AlertTone, Badge, Breadcrumbs, Button, Card, Crumb, EmptyState, Field, Glyph, Icon, LinkButton, Photo, Price,
    PriceFrom, Select, Sheet, Skeleton, StatusChip, Stepper, Tab, Tabs, Tint, Tone,
};
use sapar_shared::{Lang, Money, tr};

const LONG: &str = "Көлсай көлдері мен Қайыңды: екі күндік саяхат, Алматыдан шығу";

/// One component with its name.
#[component]
fn Bench(name: &'static str, children: Children) -> impl IntoView {
    view! {
        <section class="card card-pad grid gap-4">
            <h2 class="text-lg font-bold">{name}</h2>
            {children()}
        </section>
    }
}

#[component]
pub fn Workshop() -> impl IntoView {
    view! {
        <main class="wrap py-6 grid gap-6">
            <h1>"Sapar: workshop"</h1>
            <Buttons/>
            <Words/>
            <Fields/>
            <Ways/>
            <States/>
        </main>
    }
}

#[component]
fn Buttons() -> impl IntoView {
    let tones = [Tone::Action, Tone::Plain, Tone::Quiet, Tone::Danger];
    view! {
        <Bench name="Button, LinkButton">
            <div class="flex flex-wrap gap-3">
                {tones.map(|tone| view! { <Button tone kind="button">{tr::tour::buy(Lang::Ru)}</Button> }).collect_view()}
                {tones.map(|tone| view! { <Button tone kind="button" disabled=true>{tr::tour::buy(Lang::Kk)}</Button> }).collect_view()}
                <LinkButton href="#">{tr::errors::to_tours(Lang::Ru)}</LinkButton>
                <button type="button" class="btn btn-round" aria-label=tr::ui::close(Lang::Ru)>
                    <Icon name=Glyph::Close/>
                </button>
            </div>
        </Bench>
        <Bench name="Stepper">
            <Stepper
                name="count"
                id="count"
                label="Взрослый"
                fewer="меньше"
                more="больше"
                value=RwSignal::new(1)
                max=Signal::stored(3)
            />
        </Bench>
    }
}

#[component]
fn Words() -> impl IntoView {
    let tints = [Tint::Plain, Tint::Sky, Tint::Apricot, Tint::Leaf, Tint::Amber, Tint::Poppy, Tint::Iris, Tint::Veil];
    view! {
        <Bench name="Badge, StatusChip, Price">
            <div class="flex flex-wrap gap-3 items-center">
                {tints.map(|tint| view! { <Badge tint>{format!("{tint:?}")}</Badge> }).collect_view()}
                {tints.map(|tint| view! { <StatusChip tint icon=Glyph::Ticket word="Төленді"/> }).collect_view()}
            </div>
            <div class="flex flex-wrap gap-6 items-baseline">
                <Price amount=Money::from_tiyn(1_490_000)/>
                {Lang::ALL.map(|lang| view! { <PriceFrom lang amount=Money::from_tiyn(149_900_000)/> }).collect_view()}
            </div>
        </Bench>
        <Bench name="Alert">
            {[AlertTone::Info, AlertTone::Good, AlertTone::Warn, AlertTone::Bad]
                .map(|tone| view! { <Alert tone><p class="font-bold">{LONG}</p><p>{tr::errors::unavailable_text(Lang::Kk)}</p></Alert> })
                .collect_view()}
        </Bench>
    }
}

#[component]
fn Fields() -> impl IntoView {
    let wrong = Signal::stored(Some(tr::errors::unavailable_text(Lang::Ru).to_owned()));
    let options = || Lang::ALL.map(|lang| (lang.code().to_owned(), lang.own_name().to_owned())).to_vec();
    view! {
        <Bench name="Field, Select">
            <Field name="empty" label="Имя и фамилия" placeholder="Айгүл Сәтбаева"/>
            <Field name="filled" label="Телефон" kind="tel" value="+7 701 123 45 67" help=tr::errors::again(Lang::Ru)/>
            <Field name="wrong" label="Электрондық пошта" value="aigul@" error=wrong/>
            <Field name="day" label="Дата" kind="date"/>
            <Select name="lang" label="Тіл" options=options() selected="kk"/>
        </Bench>
    }
}

#[component]
fn Ways() -> impl IntoView {
    let tabs = || {
        ["Сегодня", "Билеты", "Сканер"]
            .iter()
            .enumerate()
            .map(|(index, name)| Tab { name: (*name).to_owned(), href: "#".to_owned(), current: index == 1 })
            .collect::<Vec<_>>()
    };
    view! {
        <Bench name="Breadcrumbs, Tabs, Sheet">
            <Breadcrumbs
                label=tr::ui::breadcrumbs(Lang::Ru)
                crumbs=vec![Crumb::new("Sapar", "#"), Crumb::new("Алматы облысы", "#"), Crumb::here(LONG)]
            />
            <Tabs label="Разделы" tabs=tabs()/>
            <button type="button" class="btn w-fit" popovertarget="sheet">"Sheet"</button>
            <Sheet id="sheet" title=LONG close=tr::ui::close(Lang::Ru)>
                <p>{tr::errors::not_found_text(Lang::Ru)}</p>
            </Sheet>
        </Bench>
    }
}

#[component]
fn States() -> impl IntoView {
    view! {
        <Bench name="Skeleton, Photo without a picture, Card, EmptyState">
            <Skeleton class="h-9 w-3/4"/>
            <Skeleton class="h-40 w-full"/>
            <Photo picture=None sizes="100vw" class="aspect-[4/3] max-w-80 rounded-card"/>
            <Card>{LONG}</Card>
            <EmptyState title=tr::errors::not_found_title(Lang::Kk) text=tr::errors::not_found_text(Lang::Kk)>
                <LinkButton href="#" tone=Tone::Action>{tr::errors::to_tours(Lang::Kk)}</LinkButton>
            </EmptyState>
        </Bench>
    }
}
