//! One published tour with one departure, written straight into the tables.
use crate::kernel::{
    Ctx,
    db::{Ts, ts},
};
use jiff::{SignedDuration, Timestamp};
use sapar_shared::{
    Money,
    ids::{DepartureId, ListingId, OrganisationId, TicketTypeId},
};
use sqlx::PgConnection;
use uuid::Uuid;

/// What a test sells.
#[derive(Clone, Copy, Debug)]
pub struct Tour {
    pub organisation: OrganisationId,
    pub listing: ListingId,
    pub departure: DepartureId,
    /// 10 000 ₸, limited by the departure's places only.
    pub adult: TicketTypeId,
    /// 5 000 ₸, with a quota of its own when the builder says so.
    pub child: TicketTypeId,
}

pub struct TourBuilder {
    name: &'static str,
    capacity: i32,
    child_quota: Option<i32>,
    starts_at: Option<Timestamp>,
    adult_price: Money,
}

impl TourBuilder {
    /// `name` makes slugs; two tours of a test want two names.
    #[must_use]
    pub fn new(name: &'static str) -> Self {
        Self { name, capacity: 10, child_quota: None, starts_at: None, adult_price: Money::from_tenge(10_000) }
    }

    #[must_use]
    pub fn capacity(mut self, places: i32) -> Self {
        self.capacity = places;
        self
    }

    #[must_use]
    pub fn child_quota(mut self, quota: i32) -> Self {
        self.child_quota = Some(quota);
        self
    }

    /// In a week from the context's now, unless said.
    #[must_use]
    pub fn starts_at(mut self, at: Timestamp) -> Self {
        self.starts_at = Some(at);
        self
    }

    #[must_use]
    pub fn adult_price(mut self, price: Money) -> Self {
        self.adult_price = price;
        self
    }

    pub async fn create(self, conn: &mut PgConnection, ctx: &Ctx) -> sqlx::Result<Tour> {
        let [organisation, place, category, listing, departure, adult, child] = [(); 7].map(|()| ctx.id());
        let name = self.name;
        sqlx::query!(
            "insert into places (id, kind, slug, name_ru, name_kk, name_en, lat_e6, lng_e6, path)
             values ($1::uuid, 'point', $2, 'Кольсай', 'Көлсай', 'Kolsai', 42990000, 78320000, array[$1::uuid])",
            place,
            format!("place-{name}")
        )
        .execute(&mut *conn)
        .await?;
        sqlx::query!(
            "insert into categories (id, slug, icon, position, name_ru, name_kk, name_en) values ($1, $2, 'lake', 1, 'Озёра', 'Көлдер', 'Lakes')",
            category,
            format!("category-{name}")
        )
        .execute(&mut *conn)
        .await?;
        sqlx::query!(
            "insert into organisations (id, slug, kind, status, name, city_id, phone, email, created_at)
             values ($1, $2, 'partner', 'active', $2, $3, '+77000000001', 'partner@example.kz', $4)",
            organisation,
            name,
            place,
            ts(ctx.now()) as Ts
        )
        .execute(&mut *conn)
        .await?;
        self.listing(&mut *conn, ctx, organisation, place, category, listing).await?;
        self.ticket_types(&mut *conn, listing, adult, child).await?;
        self.departure(&mut *conn, ctx, organisation, listing, departure, child).await?;
        Ok(Tour {
            organisation: organisation.into(),
            listing: listing.into(),
            departure: departure.into(),
            adult: adult.into(),
            child: child.into(),
        })
    }

    async fn listing(
        &self,
        conn: &mut PgConnection,
        ctx: &Ctx,
        organisation: Uuid,
        place: Uuid,
        category: Uuid,
        listing: Uuid,
    ) -> sqlx::Result<()> {
        sqlx::query!(
            "insert into listings (id, organisation_id, kind, status, slug, place_id, from_place_id, place_path, category_id, guide_languages,
                                   duration_minutes, free_cancel_hours, meeting_lat_e6, meeting_lng_e6, price_from, created_at, updated_at)
             values ($1, $2, 'tour', 'published', $3, $4::uuid, $4::uuid, array[$4::uuid], $5, '{ru,kk}', 960, 48, 43238100, 76945200, 500000, $6, $6)",
            listing,
            organisation,
            format!("tour-{}", self.name),
            place,
            category,
            ts(ctx.now()) as Ts
        )
        .execute(&mut *conn)
        .await?;
        sqlx::query!(
            "insert into listing_texts (listing_id, lang, title, summary, description, included, excluded, programme, meeting)
             values ($1, 'ru', 'Озёра Кольсай', 'Один день', 'Описание', '{}', '{}', '[]', 'Алматы, Сайран'),
                    ($1, 'kk', 'Көлсай көлдері', 'Бір күн', 'Сипаттама', '{}', '{}', '[]', 'Алматы, Сайран')",
            listing
        )
        .execute(conn)
        .await
        .map(drop)
    }

    async fn ticket_types(&self, conn: &mut PgConnection, listing: Uuid, adult: Uuid, child: Uuid) -> sqlx::Result<()> {
        sqlx::query!(
            "insert into ticket_types (id, listing_id, position, name_ru, name_kk, name_en, price, quota, max_per_order)
             values ($1, $2, 1, 'Взрослый', 'Ересек', 'Adult', $4, null, 10), ($3, $2, 2, 'Детский', 'Балалар', 'Child', 500000, $5, 10)",
            adult,
            listing,
            child,
            self.adult_price.tiyn(),
            self.child_quota
        )
        .execute(conn)
        .await
        .map(drop)
    }

    async fn departure(
        &self,
        conn: &mut PgConnection,
        ctx: &Ctx,
        organisation: Uuid,
        listing: Uuid,
        departure: Uuid,
        child: Uuid,
    ) -> sqlx::Result<()> {
        let starts_at = self.starts_at.unwrap_or_else(|| ctx.now() + SignedDuration::from_hours(24 * 7));
        sqlx::query!(
            "insert into departures (id, listing_id, organisation_id, starts_at, ends_at) values ($1, $2, $3, $4, $5)",
            departure,
            listing,
            organisation,
            ts(starts_at) as Ts,
            ts(starts_at + SignedDuration::from_hours(16)) as Ts
        )
        .execute(&mut *conn)
        .await?;
        let quota = self.child_quota.map(|quota| (child, quota));
        let counters = [Some((None, self.capacity)), quota.map(|(child, quota)| (Some(child), quota))];
        for (ticket_type, capacity) in counters.into_iter().flatten() {
            sqlx::query!(
                "insert into stock (id, departure_id, ticket_type_id, capacity) values ($1, $2, $3, $4)",
                ctx.id(),
                departure,
                ticket_type,
                capacity
            )
            .execute(&mut *conn)
            .await?;
        }
        Ok(())
    }
}
