//! The customer's pages but one. The tour's page is in the main file: most visitors land on it, and may load no more.
use leptos::prelude::*;

/// What the chunk can draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// The front door.
    Home,
    /// Results and filters.
    Search,
    /// A partner's public page.
    Partner,
    /// The tours kept in this browser.
    Saved,
    /// Who the tickets are for.
    Checkout,
    /// An order and its tickets.
    Order,
    /// Orders made in this browser.
    Tickets,
    /// One's account; without one language, theme, and the way in.
    Me,
    /// The orders of one's account.
    MyOrders,
    /// What one tells of oneself.
    MyProfile,
    /// Password, second step, sessions.
    MySecurity,
    /// All one's data, and an end to it.
    MyData,
    /// Into an organisation, by its owner's mail.
    Invitation,
    /// The door.
    SignIn,
    /// The door for those with a phone at hand.
    SignInCode,
    /// What is asked for after the password.
    SignInStep,
    /// A new account.
    SignUp,
    /// Where mailed links lead.
    Confirm,
    /// A forgotten password.
    Reset,
    /// A new one.
    ResetTo,
}

/// The only way in.
#[lazy]
pub fn site(screen: Screen) -> AnyView {
    match screen {
        Screen::Home => view! { <super::home::page::HomePage/> }.into_any(),
        Screen::Search => view! { <super::search::page::SearchPage/> }.into_any(),
        Screen::Partner => view! { <super::partner_page::page::PartnerPage/> }.into_any(),
        Screen::Saved => view! { <super::saved::page::SavedPage/> }.into_any(),
        Screen::Checkout => view! { <super::checkout::CheckoutPage/> }.into_any(),
        Screen::Order => view! { <super::order::OrderPage/> }.into_any(),
        Screen::Tickets => view! { <super::tickets::page::TicketsPage/> }.into_any(),
        Screen::Me => view! { <super::me::MePage/> }.into_any(),
        Screen::MyOrders => view! { <super::me::OrdersPage/> }.into_any(),
        Screen::MyProfile => view! { <super::me::ProfilePage/> }.into_any(),
        Screen::MySecurity => view! { <super::me::SecurityPage/> }.into_any(),
        Screen::MyData => view! { <super::me::DataPage/> }.into_any(),
        Screen::Invitation => view! { <super::invitation::InvitationPage/> }.into_any(),
        Screen::SignIn => view! { <super::sign_in::SignInPage/> }.into_any(),
        Screen::SignInCode => view! { <super::sign_in::CodePage/> }.into_any(),
        Screen::SignInStep => view! { <super::sign_in::StepPage/> }.into_any(),
        Screen::SignUp => view! { <super::sign_up::SignUpPage/> }.into_any(),
        Screen::Confirm => view! { <super::confirm::ConfirmPage/> }.into_any(),
        Screen::Reset => view! { <super::reset::ResetPage/> }.into_any(),
        Screen::ResetTo => view! { <super::reset::ResetToPage/> }.into_any(),
    }
}
