//! `/partner/members`: who belongs to the organisation; whoever may not see the others reads what they are in it themselves.
use super::{
    api::{ChangeInvitation, ChangeMemberRole, HandOver, InviteMember, RemoveMember, load_members},
    invite::{Invitations, Invite, clear},
    row::Member,
    said::{Doings, Place, Said},
    ways_out::{GiveAway, Leave},
};
use crate::{
    error::AppError,
    layout::use_lang,
    partner::{
        desk::who_is_in,
        form::{Answer, on_done},
        head::Head,
        standing::Standing,
        trouble::Trouble,
        words,
    },
    ui::{Card, Skeleton},
    wire::page_data,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use sapar_shared::{
    Lang,
    dto::{organisation::MembersPage as Page, partner::Me},
    paths,
    roles::Role,
    tr::organisation as tr,
};
use std::time::Duration;

/// So long nothing can be pressed on a list that is new.
const SETTLED: Duration = Duration::from_millis(300);

/// What can be done on the page; each change loads the list anew. It stands above what is drawn anew with the list.
#[derive(Clone, Copy)]
pub(super) struct Actions {
    pub(super) invite: ServerAction<InviteMember>,
    pub(super) resend: ServerAction<ChangeInvitation>,
    pub(super) revoke: ServerAction<ChangeInvitation>,
    pub(super) role: ServerAction<ChangeMemberRole>,
    pub(super) remove: ServerAction<RemoveMember>,
    pub(super) hand_over: ServerAction<HandOver>,
    pub(super) doings: Doings,
    /// What the next one is invited to.
    pub(super) invited_role: RwSignal<Role>,
}

impl Actions {
    fn new(doings: Doings) -> Self {
        Self {
            invite: ServerAction::new(),
            resend: ServerAction::new(),
            revoke: ServerAction::new(),
            role: ServerAction::new(),
            remove: ServerAction::new(),
            hand_over: ServerAction::new(),
            doings,
            invited_role: RwSignal::new(Role::Gate),
        }
    }

    fn answers(self) -> [Answer; 6] {
        let Self { invite, resend, revoke, role, remove, hand_over, .. } = self;
        [
            Answer::derive(move || invite.value().get()),
            Answer::derive(move || resend.value().get()),
            Answer::derive(move || revoke.value().get()),
            Answer::derive(move || role.value().get()),
            Answer::derive(move || remove.value().get()),
            Answer::derive(move || hand_over.value().get()),
        ]
    }

    /// What the forms were refused for last is not said again of the list that is new.
    fn drawn(self) {
        if self.doings.is_gone() {
            return;
        }
        self.invite.clear();
        self.hand_over.clear();
        self.doings.drawn();
    }
}

#[component]
pub fn MembersPage() -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map();
    let after = Memo::new(move |_| query.read().get("after").unwrap_or_default());
    let members = page_data(move || after.get(), load_members);
    let standing = Standing::default();
    let refresh = move || {
        let Some(after) = after.try_get_untracked() else { return };
        standing.renew(load_members(after), move || members.refetch());
    };
    let actions = Actions::new(Doings::new(lang, Callback::new(move |()| refresh())));
    for answer in actions.answers() {
        actions.doings.follow(answer);
    }
    let [invited, ..] = actions.answers();
    on_done(invited, clear);
    let who = who_is_in();
    let body = move || {
        Suspend::new(async move {
            let me = who.0.await.ok().and_then(Result::ok);
            match (members.await.flatten(), me) {
                (Ok(page), _) => {
                    let list = standing.begin(page);
                    view! {
                        <Head lang title=tr::members(lang)/>
                        {move || view! { <Members lang page=list.get() actions/> }}
                    }
                    .into_any()
                }
                (Err(AppError::Forbidden), Some(me)) => view! {
                    <Head lang title=tr::membership(lang)/>
                    <Own lang me/>
                }
                .into_any(),
                (Err(error), _) => view! {
                    <Head lang title=tr::members(lang)/>
                    <Trouble lang error/>
                }
                .into_any(),
            }
        })
    };
    view! { <Transition fallback=Waiting>{body}</Transition> }.into_any()
}

#[component]
fn Waiting() -> impl IntoView {
    view! {
        <div class="grid gap-4 max-w-2xl">
            <Skeleton class="h-9 w-72"/>
            <Skeleton class="h-20 w-full"/>
            <Skeleton class="h-20 w-full"/>
        </div>
    }
}

/// Whoever may not see the others may still leave them.
#[component]
fn Own(lang: Lang, me: Me) -> impl IntoView {
    let role = tr::membership_role(lang, words::role(lang, me.role));
    view! {
        <div class="grid gap-6 max-w-2xl">
            <h1>{tr::membership(lang)}</h1>
            <Card class="grid gap-1">
                <p class="font-semibold wrap-anywhere">{me.organisation}</p>
                <p>{format!("{role} ({})", words::role_help(lang, me.role))}</p>
                <p class="text-muted mt-2">{tr::membership_text(lang)}</p>
            </Card>
            <Leave lang/>
        </div>
    }
    .into_any()
}

#[component]
fn Members(lang: Lang, page: Page, actions: Actions) -> impl IntoView {
    let Page { role, members, next, invitations, next_invitations } = page;
    // Not at once: what an impatient finger still taps may have moved under it.
    Effect::new(move |_| set_timeout(move || actions.drawn(), SETTLED));
    // A further page of invitations has no members to hand anything to.
    let only_invitations = members.is_empty();
    let heirs: Vec<_> = members.iter().filter(|member| !member.me).cloned().collect();
    let more = next.map(|next| {
        let address = format!("{}?after={next}", paths::partner_members(lang));
        view! { <a class="btn" href=address>{tr::more_members(lang)}</a> }
    });
    let more_invitations = next_invitations.map(|next| {
        let address = format!("{}?after={next}", paths::partner_members(lang));
        view! { <a class="btn" href=address>{tr::more_invitations(lang)}</a> }
    });
    let doings = actions.doings;
    // Both are made anew with the list, so that their folds are shut: a finger that falls twice opens one at most.
    let rows = move || members.clone();
    let way_out = move || {
        if only_invitations {
            ().into_any()
        } else if role == Role::Owner {
            view! { <GiveAway lang heirs=heirs.clone() actions/> }.into_any()
        } else {
            view! { <Leave lang/> }.into_any()
        }
    };
    view! {
        <div class="grid grid-cols-1 gap-6 max-w-2xl">
            <div class="grid grid-cols-1 gap-4">
                <h1>{tr::members(lang)}</h1>
                <Said doings place=Place::Members/>
                <ul class="grid grid-cols-1 gap-3">
                    <For each=rows key=|member| member.account let:member>
                        <Member lang own=role member actions/>
                    </For>
                </ul>
                {more}
            </div>
            <Invite lang own=role actions/>
            <Said doings place=Place::Invitations/>
            <Invitations lang own=role invitations actions/>
            {more_invitations}
            <Said doings place=Place::WayOut/>
            {way_out}
        </div>
    }
    .into_any()
}
